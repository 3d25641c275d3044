"""What becomes of passengers when two records of one person are merged."""

from django.db.models import Exists, OuterRef, QuerySet

from moothall.people.models import Person
from moothall.transport.models import ContractorStaff, Passenger


def passengers_already(rows: QuerySet[Passenger], kept: Person) -> QuerySet[Passenger]:
    """A person is a passenger once: where the record kept is one, the other stays behind."""
    return rows.filter(Exists(Passenger.objects.filter(person=kept)))


def in_the_crew_already(rows: QuerySet[ContractorStaff], kept: Person) -> QuerySet[ContractorStaff]:
    """Somebody is in the crew of a contractor once at a time: where the record kept is, the other stays."""
    same = ContractorStaff.objects.standing().filter(person=kept, contractor=OuterRef("contractor"))
    return rows.filter(Exists(same))
