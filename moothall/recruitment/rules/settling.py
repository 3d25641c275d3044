"""What those read who settle a mark: the answer without a name, and the marks once all are in."""

from moothall.recruitment.models import Application, Criterion, Mark

from .blinding import blind_text, telling_words
from .merit import standings


def written_to(application: Application, criterion: Criterion) -> str:
    """The answer as the markers read it."""
    answer = application.answers.filter(criterion=criterion).first()
    return blind_text(answer.text, telling_words(application)) if answer else ""


def marks_on(application: Application, criterion: Criterion) -> list[Mark]:
    """What each marker gave and why; nothing before everybody who is needed has handed in."""
    [one] = standings(application.campaign, [application], least=0)
    if not one.is_marked:
        return []
    rows = Mark.objects.filter(
        sheet__application=application, criterion=criterion, sheet__marker__let_go_at=None
    )
    return list(rows.select_related("sheet__marker__account").order_by("sheet__marker", "pk"))
