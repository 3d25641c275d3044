"""One action for many applications: whoever works on the cases of a campaign's team chooses, says, does and
takes back; whoever sees them sees how it stands. Who may not close cases does not end applications either.

home     of a campaign of the home team        other   of one elsewhere
"""

from tests.access.table import area

CHOOSING = area(
    "choosing applications",
    """
route                   method seats any
choose_applications     POST   CVLM  302
choose_all_applications POST   CVLM  302
""",
)

ACT = area(
    "action for many applications",
    """
route     method seats home other
bulk_act  GET    CVLM  200  404
bulk_act  GET    HU    200  200
bulk_rows GET    CVLM  200  404
bulk_rows GET    HU    200  200
bulk_letter GET  CVLM  200  404
bulk_letter GET  HU    200  200
say_bulk  GET    CVLM  200  404
say_bulk  POST   CVLM  302  404
run_bulk  POST   CVLM  302  404
undo_bulk POST   CVLM  302  404
""",
)

TAG = area(
    "tag on an application",
    """
route        method seats home other
remove_tag   POST   CVLM  302  404
put_tag_back POST   CVLM  302  404
""",
)

AREAS = (CHOOSING, ACT, TAG)
