"""Shortlisting: the desk that runs a campaign names markers and closes its shortlist; whoever marks finds
what they mark themselves, whatever else they may do, and nothing of anybody else's.

home     a campaign of the home team        other   of another team, or of another marker
own      of a marker who is this account
"""

from tests.access.table import area

PAGES = area(
    "pages of marking",
    """
route      method seats    any
my_marking GET    CVLMHAUN 200
""",
)

SHORTLIST = area(
    "shortlist",
    """
route            method seats home other
shortlist        GET    CVLM  200  404
shortlist        GET    HU    200  200
name_marker      GET    CVLM  200  404
name_marker      POST   CVLM  302  404
let_go_marker    POST   CVLM  302  404
agree_mark       GET    CVLM  200  404
agree_mark       POST   CVLM  302  404
close_shortlist  GET    CVLM  200  404
close_shortlist  POST   CVLM  302  404
reopen_shortlist POST   CVLM  302  404
""",
)

MARKING = area(
    "marking",
    """
route            method seats    own other
marking          GET    CVLMHAUN 200 404
mark_application GET    CVLMHAUN 200 404
mark_application POST   CVLMHAUN 302 404
take_back_marks  POST   CVLMHAUN 302 404
marking_file     GET    CVLMHAUN 200 404
""",
)

AREAS = (PAGES, SHORTLIST, MARKING)
