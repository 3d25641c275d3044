"""Figures: of everybody whose records one may see; months are closed by whoever keeps the whole office's."""

from tests.access.table import area

PAGES = area(
    "pages of figures",
    """
route          method seats any
figures        GET    MH    200
waiting_leave  GET    MH    200
year_so_far    GET    MH    200
export_figures POST   MH    200
count_figures  POST   H     302
close_figures  POST   H     302
reopen_figures GET    H     200
reopen_figures POST   H     302
record_quality     GET    MH    200
look_through_now   POST   H     302
quality_scores     GET    MH    200
quality_rules      GET    MH    200
quality_samples    GET    H     200
draw_quality_sample GET   H     200
draw_quality_sample POST  H     302
edit_quality_rule  GET    H     200
edit_quality_rule  POST   H     302
""",
)

# Students on pathways are seen by whoever looks after training.
PATHWAYS = area(
    "pages of figures of pathways",
    """
route                  method seats any
pathway_figures        GET    CLMH  200
export_pathway_figures POST   CLMH  200
""",
)
PATHWAY_ROWS = area(
    "figure of pathways",
    """
route               method seats any
pathway_figure_rows GET    CLMH  200
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

# home   a fault on a record of the home team        other   on one of another team
FINDING = area(
    "fault of a record",
    """
route           method seats home other
quality_finding GET    M     200  404
quality_finding GET    H     200  200
take_finding    POST   H     302  302
assign_finding  GET    H     200  200
assign_finding  POST   H     302  302
waive_finding   GET    H     200  200
waive_finding   POST   H     302  302
unwaive_finding POST   H     302  302
quality_sample  GET    H     200  200
check_sampled_record GET  H  200  200
check_sampled_record POST H  302  302
""",
)

AREAS = (PAGES, PATHWAYS, PATHWAY_ROWS, ROWS, FINDING)
