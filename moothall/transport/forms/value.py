"""What is asked about a target of the service plan."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.transport.models import Target

from .fleet import AmountField


class TargetForm(fields.Form):
    figure = fields.ChoiceField(label=_("Which figure?"), choices=Target.FIGURES, select=True)
    amount = AmountField(
        label=_("Met up to"), help_text=_("Pounds, per cent or minutes, as the figure is shown.")
    )
    amber = AmountField(label=_("Nearly met up to"))
    from_on = fields.DateField(label=_("From which day?"))
    owner = fields.ChoiceField(label=_("Who answers for it?"), select=True, required=False)
    source = fields.TextField(
        label=_("Where does it stand?"), max_length=300, help_text=_("Such as: Service plan 2026/27, aim 3")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Account.objects.who_may("transport.use", on=today()).order_by("name", "id")
        self.owners = {str(each.pk): each for each in rows}
        named = [(key, each.name) for key, each in self.owners.items()]
        self.field("owner").choices = [("", _("Nobody yet")), *named]

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"owner": self.owners.get(given["owner"])}
