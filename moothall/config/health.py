"""`GET /healthz`: is the office able to work, in one JSON answer."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from moothall.core.door import public


@public
def healthz(_request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})
