"""The one list page of the product: paged, sorted, filtered, saved, exported and printed one way everywhere.

A list is declared and shown like this:

    class CaseList(Listing[Case]):
        key, title = "cases", _("Cases")
        columns = (
            Column("reference", _("Reference"), sort="id", descending=True),
            Column("title", _("Title")),
            Column("received", _("Received"), sort="received_at", descending=True,
                   value=lambda case: case.received_at),
        )
        sort = "-received"
        filters = (
            SearchFilter("q", _("Search"), apply=lambda rows, words: rows.mentioning(words)),
            ChoiceFilter("status", _("Status"), options=Case.STATUSES),
            FlagFilter("late", _("Late"), apply=lambda rows: rows.late(today())),
            DateFilter("received", _("Received"), field="received_at"),
        )
        bulk = (BulkAction("assign", _("Assign"), permission="cases.assign", url_name="assign_many"),)
        row_template = "cases/parts/row.html"      # the <td>s of one row, which is `row`

        def rows(self, request):
            return Case.objects.visible_to(request.user).select_related("team", "assignee")

        def address(self, case):
            return reverse("case_page", args=[case.reference])

    @needs("cases.view")
    def cases(request):                            # no require_GET: exports are posted to the same address
        return show_list(request, CaseList())

`show_list` answers the page, for htmx the part, for `?print=1` the paper, for a posted `export` the file.
A page around a list (tabs, figures) sets `page_template` to a template that extends `lists/page.html`
(blocks `list_heading`, `list_above`, `list_below`) and gives its words as `show_list(…, context={…})`.

Every sort needs an index on (field, id), in any direction; empty values come last both ways.
Columns are exported by `value` whether or not `row_template` shows them.
A bulk action is sent `ids` (several) and `back`, by POST.
"""

from .filters import (
    Bound,
    Chip,
    Choice,
    ChoiceFilter,
    DateFilter,
    Filter,
    FlagFilter,
    SearchFilter,
    TextFilter,
)
from .listing import BulkAction, Column, Empty, Link, Listing
from .saved import KeptView, ViewStore, register_store
from .showing import show_list

__all__ = [
    "Bound",
    "BulkAction",
    "Chip",
    "Choice",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Empty",
    "Filter",
    "FlagFilter",
    "KeptView",
    "Link",
    "Listing",
    "SearchFilter",
    "TextFilter",
    "ViewStore",
    "register_store",
    "show_list",
]
