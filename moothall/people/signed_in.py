"""Who is at the other end of a guarded route."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .models import Account


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in. The door lets nobody else through to where this is asked."""
    user = request.user
    if not isinstance(user, Account):
        raise PermissionDenied
    return user
