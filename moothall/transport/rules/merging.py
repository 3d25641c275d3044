"""What becomes of passengers when two records of one person are merged."""

from django.db.models import Exists, OuterRef, QuerySet

from moothall.people.models import Person
from moothall.transport.models import Carer, ContractorContact, ContractorStaff, DayNotice, Passenger


def passengers_already(rows: QuerySet[Passenger], kept: Person) -> QuerySet[Passenger]:
    """A person is a passenger once: where the record kept is one, the other stays behind."""
    return rows.filter(Exists(Passenger.objects.filter(person=kept)))


def in_the_crew_already(rows: QuerySet[ContractorStaff], kept: Person) -> QuerySet[ContractorStaff]:
    """Somebody is in the crew of a contractor once at a time: where the record kept is, the other stays."""
    same = ContractorStaff.objects.standing().filter(person=kept, contractor=OuterRef("contractor"))
    return rows.filter(Exists(same))


def cares_already(rows: QuerySet[Carer], kept: Person) -> QuerySet[Carer]:
    """Somebody is of a passenger's family once at a time: where the record kept is, the other stays."""
    same = Carer.objects.standing().filter(person=kept, passenger=OuterRef("passenger"))
    return rows.filter(Exists(same))


def acts_already(rows: QuerySet[ContractorContact], kept: Person) -> QuerySet[ContractorContact]:
    """Somebody acts for a contractor once at a time."""
    same = ContractorContact.objects.standing().filter(person=kept, contractor=OuterRef("contractor"))
    return rows.filter(Exists(same))


def told_already(rows: QuerySet[DayNotice], kept: Person) -> QuerySet[DayNotice]:
    """A person is told of a message once: where the record kept was told, the other stays."""
    return rows.filter(Exists(DayNotice.objects.filter(person=kept, message=OuterRef("message"))))
