"""What becomes of passengers when two records of one person are merged."""

from django.db.models import Exists, QuerySet

from moothall.people.models import Person
from moothall.transport.models import Passenger


def passengers_already(rows: QuerySet[Passenger], kept: Person) -> QuerySet[Passenger]:
    """A person is a passenger once: where the record kept is one, the other stays behind."""
    return rows.filter(Exists(Passenger.objects.filter(person=kept)))
