"""Two records of one person become one: so do two applicants."""

from typing import Any

from django.db.models import QuerySet

from moothall.people.models import Person
from moothall.recruitment.models import Applicant


def applicants_already(rows: QuerySet[Any], kept: Person) -> QuerySet[Any]:
    """Whoever is an applicant already stays one once; the other record keeps its own applications."""
    return rows if Applicant.objects.filter(person=kept).exists() else rows.none()
