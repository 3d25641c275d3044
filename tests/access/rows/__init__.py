"""The rows of the table, by area. Each module has `AREAS`."""

from tests.access.table import Area, refuse_twice

from . import (
    cases,
    desk,
    enquiries,
    knowledge,
    leave,
    letters,
    library,
    own,
    people,
    problems,
    programs,
    triage,
    webhooks,
    workforce,
)
from .absence import AREAS as ABSENCE_AREAS
from .appraisal import AREAS as APPRAISAL_AREAS
from .bookings import AREAS as BOOKING_AREAS
from .casework import AREAS as CASEWORK_AREAS
from .conduct import AREAS as CONDUCT_AREAS
from .contractors import AREAS as CONTRACTOR_AREAS
from .credentials import AREAS as CREDENTIAL_AREAS
from .personnel import AREAS as PERSONNEL_AREAS
from .portal import AREAS as PORTAL_AREAS
from .reports import AREAS as REPORT_AREAS
from .satisfaction import AREAS as SATISFACTION_AREAS
from .terms import AREAS as TERM_AREAS
from .training import AREAS as TRAINING_AREAS
from .transport import AREAS as TRANSPORT_AREAS

GROUPS = (
    cases,
    desk,
    enquiries,
    knowledge,
    leave,
    letters,
    own,
    people,
    problems,
    programs,
    webhooks,
    library,
    triage,
    workforce,
)
TABLE: tuple[Area, ...] = refuse_twice(tuple(area for group in GROUPS for area in group.AREAS))
TABLE = refuse_twice((*TABLE, *PORTAL_AREAS, *SATISFACTION_AREAS, *CASEWORK_AREAS, *REPORT_AREAS))
TABLE = refuse_twice((*TABLE, *ABSENCE_AREAS, *CONDUCT_AREAS, *CREDENTIAL_AREAS, *TERM_AREAS))
TABLE = refuse_twice((*TABLE, *APPRAISAL_AREAS))
TABLE = refuse_twice((*TABLE, *PERSONNEL_AREAS, *BOOKING_AREAS))
TABLE = refuse_twice((*TABLE, *TRAINING_AREAS))
TABLE = refuse_twice((*TABLE, *TRANSPORT_AREAS))
TABLE = refuse_twice((*TABLE, *CONTRACTOR_AREAS))
