"""Guards that stand in front of another one on purpose: which, and what else holds the same thing back.

By the file, the function and the question asked. One that a test notices does not belong here, and says so.
"""

HELD_TWICE: dict[tuple[str, str, str], str] = {
    ("moothall/cases/rules/access.py", "open_sealed", "visible_to"):
        "the page finds its case with `find_case`",
    ("moothall/casework/beside.py", "plans_of_person", "visible_to"): "it asks for `casework.plan` first",
    ("moothall/casework/beside.py", "plans_to_look_at", "visible_to"): "it asks for `casework.plan` first",
    ("moothall/casework/views/plans.py", "rows", "visible_to"): "the door asks for `casework.plan`",
    ("moothall/casework/views/plans.py", "find_plan", "visible_to"): "the door asks for `casework.plan`",
    ("moothall/casework/views/holding.py", "_chosen", "may_read"):
        "`HoldingReplyQuerySet.visible_to` leaves out sealed cases",
    ("moothall/enquiries/api/incoming.py", "_handed_in", "visible_to"):
        "it is asked of restricted cases alone, and `cases/wall.py` keeps those in PostgreSQL",
    ("moothall/enquiries/rules/triage/deciding.py", "link", "visible_to"):
        "the page finds its suggestion with `SuggestionQuerySet.visible_to`, which asks for the other case",
    ("moothall/knowledge/api.py", "find_articles", "visible_to"):
        "the door asks for `cases.view`, and `published()` leaves out drafts",
    ("moothall/knowledge/api.py", "read_article", "visible_to"):
        "the door asks for `cases.view`, and `published()` leaves out drafts",
    ("moothall/people/api.py", "read_person", "visible_to"): "the door asks for `people.view`",
    ("moothall/people/views/persons.py", "rows", "visible_to"): "the door asks for `people.view`",
    ("moothall/problems/beside.py", "workaround_of", "visible_to"):
        "the case is found with `find_case`, and whoever sees a case sees the problems it belongs to",
    ("moothall/transport/finding.py", "passenger_for", "visible_to"): "the door asks for `transport.use`",
    ("moothall/transport/views/days.py", "accounted", "visible_to"): "the door asks for `transport.use`",
    ("moothall/workforce/views/bringing.py", "import_staff", "visible_to"):
        "whoever does not keep everybody's record is turned away first",
}  # fmt: skip
