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
    ("moothall/credentials/views/bringing.py", "bring_credentials", "visible_to"):
        "whoever does not keep everybody's record is turned away first",
    ("moothall/terms/views/runs.py", "rows", "visible_to"):
        "whoever does not see what is private everywhere is turned away first",
    ("moothall/training/views/students.py", "take_back_sign_off", "visible_to"):
        "`may_sign` is asked next, and lets nobody by who does not see the student",
    ("moothall/transport/models/incident.py", "sealed_from", "visible_to"):
        "the door asks for `transport.use`, and `cases/wall.py` keeps sealed cases in PostgreSQL",
    ("moothall/transport/models/home.py", "on_maps", "visible_to"):
        "the doors of maps ask for `transport.use`, and `unprotected()` leaves out every protected address",
    ("moothall/transport/rules/caring.py", "see_emergency_contacts", "visible_to"):
        "the door is for whoever manages transport, and the query asks for no more",
    ("moothall/transport/views/passengers.py", "on_record", "visible_to"):
        "PostgreSQL itself keeps protected addresses, by the policy on `transport_homeaddress`",
    ("moothall/transport/views/runs.py", "_calls", "visible_to"):
        "PostgreSQL itself keeps protected addresses, by the policy on `transport_homeaddress`",
    ("moothall/transport/views/inspections.py", "inspection", "visible_to"):
        "the door asks for `transport.use`, and whoever holds that reads the letters about inspections",
}  # fmt: skip

# What there is of transport is one for the whole office: its queries ask for `transport.use` alone, and so do
# the doors that lead to these, or what stands before them in the jump box and in `say_whom`. Cases, protected
# addresses and whom to ring ask for more, and are not here.
BEHIND_THE_DOOR_OF_TRANSPORT = (
    ("finding", "contractor_for"), ("finding", "fetch"), ("finding", "look_up_passengers"),
    ("forms/visiting", "__init__"), ("rules/histories", "_audits"),
    ("views/audits", "rows"), ("views/contractors", "rows"), ("views/crews", "_week"),
    ("views/crews", "crews"), ("views/day_notices", "_notice"), ("views/day_notices", "day_message"),
    ("views/day_notices", "day_messages"), ("views/days", "_journey"), ("views/findings", "finding_for"),
    ("views/findings", "rows"), ("views/histories", "crew_history"), ("views/inspections", "evidence_for"),
    ("views/inspections", "inspection_for"), ("views/invoices", "_invoice"), ("views/invoices", "rows"),
    ("views/late", "late_run"),
    ("views/mendings", "_mending"), ("views/papers", "_paper"), ("views/papers", "rows"),
    ("views/passengers", "rows"), ("views/phone", "_press"), ("views/phone", "odd_presses"),
    ("views/plan_shown", "compared"),
    ("views/run_plans", "plan_for"), ("views/run_plans", "rows"), ("views/runs", "_plans"),
    ("views/speeds", "_learned"), ("views/speeds", "travel_times"),
    ("views/value", "_target"), ("views/value", "rows"), ("views/vehicle_checks", "_check"),
    ("views/vehicle_checks", "_defect"), ("views/vehicle_checks", "defects"),
    ("views/vehicle_checks", "rows"), ("views/visits", "rows"),
)  # fmt: skip
ASKED = "whoever comes here was asked for `transport.use`"
HELD_TWICE |= {
    (f"moothall/transport/{file}.py", function, "visible_to"): ASKED
    for file, function in BEHIND_THE_DOOR_OF_TRANSPORT
}
