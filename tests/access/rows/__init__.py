"""The rows of the table, by area. Each module has `AREAS`."""

from tests.access.table import Area, refuse_twice

<<<<<<< HEAD
from . import cases, desk, enquiries, knowledge, letters, library, own, people, programs, webhooks
=======
from . import cases, desk, enquiries, knowledge, letters, library, own, people, programs
from .portal import AREAS as PORTAL_AREAS
>>>>>>> da0c463 (portal: anybody asks by a web form and follows what became of it; what a service asks is asked when a case is opened by hand too)

GROUPS = (cases, desk, enquiries, knowledge, letters, own, people, programs, webhooks, library)
TABLE: tuple[Area, ...] = refuse_twice(tuple(area for group in GROUPS for area in group.AREAS))
TABLE = refuse_twice((*TABLE, *PORTAL_AREAS))
