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

Declaring
    Column(key, heading, value=, sort=, descending=, numeric=, shown=, exported=)
        `value(row)` is what is exported and printed, and shown where there is no `row_template`; the
        attribute `key` without it. `sort` is a field, a lookup path or an annotation of `rows`. Every
        sort needs an index on (field, id), in either direction. Empty values come last both ways.
    SearchFilter, TextFilter(key, label, field= or apply=(rows, words), hint=)
    ChoiceFilter(key, label, options=pairs or a function of the request, field= or apply=(rows, values),
        several=True)
    FlagFilter(key, label, apply=(rows))
    DateFilter(key, label, field=)          reads KEY_from and KEY_to, both included, as days in London
    BulkAction(key, label, permission=, url_name=, warning=, letter=)  is sent `ids` (several) and `back`
    Empty(heading, text)
    sort, opens_with ("status=OPEN"), size (25, 50, 100), exports, export_permission, page_template
    rows, prepare, address, row_name, row_classes, actions            methods; only `rows` is needed

The address says everything: filters, `sort` (a column's key, `-` before it for downwards), `size`, `after`
or `before` (cursors), `all=1` for everything where the list opens narrowed. The bare address opens the
list as its reader saved it, else with `opens_with`.

`rows_at(listing, request, query)` gives all rows of such an address, to do something with each.

A page around a list (tabs, figures) sets `page_template` to a template that extends `lists/page.html`
(blocks `list_heading`, `list_above`, `list_below`) and gives its words as `show_list(…, context={…})`.
A row template gets `row`. A cell is `<td data-label="Heading">`: on a narrow screen the label is shown.
Put `data-open` on the link that Enter opens, and an `hx-target` of its own on anything with `hx-get`.

Exports are quoted, harmless, at most 100,000 rows, and written into the audit as `list.exported`.
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
from .showing import rows_at, show_list

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
    "rows_at",
    "show_list",
]
