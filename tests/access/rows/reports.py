"""Figures: of everybody whose records one may see; months are closed by whoever keeps the whole office's."""

from tests.access.table import area

PAGES = area(
    "pages of figures",
    """
route          method seats any
figures        GET    MH    200
waiting_leave  GET    MH    200
export_figures POST   MH    200
count_figures  POST   H     302
close_figures  POST   H     302
reopen_figures GET    H     200
reopen_figures POST   H     302
""",
)

# people   how many there are                       absent  who was away: for those who record that there
ROWS = area(
    "rows of a figure",
    """
route       method seats people absent
figure_rows GET    MH    200    200
""",
)

AREAS = (PAGES, ROWS)
