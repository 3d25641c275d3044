"""What we ask when somebody gets in touch, and when we answer."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Service
from moothall.cases.visiting import named, services_by_team, services_in_use
from moothall.core import fields
from moothall.core.clock import today
from moothall.enquiries.models import Contact, Mailbox
from moothall.knowledge.models import Article, Signpost
from moothall.letters.models import LetterTemplate
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account, Team

LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]


def signposts() -> dict[str, Signpost]:
    """Where people may be sent today."""
    return {str(each.pk): each for each in Signpost.objects.in_force(today())}


class ContactForm(fields.Form):
    """A call or a visit: everything on one page, in the order people speak."""

    mark_optional = False  # only what it is about must be said

    channel = fields.ChoiceField(
        label=_("How"), choices=[("PHONE", _("Phone")), ("COUNTER", _("At the counter"))], initial="PHONE",
        inline=True,
    )  # fmt: skip
    person = fields.LookupField(
        label=_("Who"), required=False, help_text=_("Name, email, phone or reference.")
    )
    new_name = fields.TextField(label=_("Name, if not found"), required=False, max_length=250)
    new_reach = fields.TextField(label=_("Their phone or email"), required=False, max_length=250)
    subject = fields.TextField(label=_("About"), max_length=300)
    note = fields.TextArea(label=_("What was said"), rows=4, required=False)
    result = fields.ChoiceField(
        label=_("What came of it"),
        choices=[
            ("ANSWERED", _("Answered at once")),
            ("SIGNPOSTED", _("Signposted")),
            ("CASE", _("Open a case")),
            ("ADDED", _("About a case that is open")),
        ],
        initial="ANSWERED",
    )
    service = fields.ChoiceField(label=_("Service"), select=True, required=False)
    signpost = fields.ChoiceField(label=_("Where you sent them"), select=True, required=False)
    reference = fields.TextField(label=_("Case reference"), required=False, max_length=20, width=10)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=600)
    received = fields.DateField(
        label=_("Date received"), required=False, help_text=_("Leave empty for today.")
    )

    call_on = fields.DateField(label=_("Ring back on"), required=False)
    call_after = fields.TimeField(label=_("From"), required=False)
    call_before = fields.TimeField(
        label=_("Until"), required=False, help_text=_("Leave empty for an hour later.")
    )
    call_number = fields.PhoneField(
        label=_("Number to ring"), required=False, help_text=_("Leave empty for the number we know.")
    )
    call_owner = fields.ChoiceField(
        label=_("Who rings?"),
        choices=[("team", _("Anybody in the team")), ("me", _("I do"))],
        initial="team",
        inline=True,
        required=False,
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.services = services_in_use()
        self.signposts = signposts()
        self.field("service").choices = [("", ""), *services_by_team(self.services.values())]
        self.field("signpost").choices = [("", ""), *named(self.signposts)]
        connect_person_lookup(self.field("person"), by=account)
        if not self.is_bound:
            self.field("person").widget.attrs["autofocus"] = {"value": True, "optional": True}

    def clean_service(self) -> Service | None:
        return self.services.get(self.cleaned_data["service"])

    def clean_signpost(self) -> Signpost | None:
        return self.signposts.get(self.cleaned_data["signpost"])

    def clean_reference(self) -> Case | None:
        reference = self.cleaned_data["reference"].strip().upper()
        if not reference:
            return None
        case: Case | None = Case.objects.visible_to(self.account).filter(reference=reference).first()
        if case is None:
            raise forms.ValidationError(_("No case has this reference. Check it, or search for the case."))
        return case

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = {
            Contact.CASE: ("service", _("Choose the service they ask for.")),
            Contact.SIGNPOSTED: ("signpost", _("Choose where you sent them.")),
            Contact.ADDED: ("reference", _("Give the reference of the case.")),
        }
        name, words = needed.get(data.get("result", ""), ("", ""))
        if name and not data.get(name) and name not in self.errors:
            self.add_error(name, words)
        if data.get("call_on") and not data.get("call_after") and "call_after" not in self.errors:
            self.add_error("call_after", _("Say from when."))
        if self.has_error("person", "unknown") and not data.get("new_name"):
            self._offer_to_add()
        return data

    def _offer_to_add(self) -> None:
        """Somebody not found is taken for somebody new: their name moves to where a new one is typed."""
        given: Any = self.data
        self.data = changed = given.copy()
        changed["new_name"], changed["person"] = given.get("person", "").strip(), ""
        del self.errors["person"]
        words = _("Nobody called “%(name)s” is known. Log it once more to add them, or look again.")
        self.add_error("new_name", words % {"name": changed["new_name"]})


class ReplyForm(fields.Form):
    """An answer: to whom, in which language, from which template, with which files."""

    template = fields.ChoiceField(label=_("Template"), select=True, required=False)
    to_address = fields.EmailField(label=_("To"))
    cc = fields.TextField(
        label=_("Copy to"), required=False, help_text=_("Addresses with commas between them.")
    )
    subject = fields.TextField(label=_("Subject"), max_length=500)
    text = fields.TextArea(label=_("Message"), rows=9)
    attachments = fields.FileField(label=_("Files"), several=True, required=False)
    language = fields.ChoiceField(label=_("Language"), choices=LANGUAGES, inline=True)
    then = fields.ChoiceField(
        label=_("After sending"),
        select=True,
        choices=[
            ("PERSON", _("Wait for them")),
            ("THIRD", _("Wait for somebody else")),
            ("US", _("Our turn still")),
            ("CLOSE", _("Close the case as answered")),
        ],
        initial="PERSON",
    )
    article = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, usual: Collection[str] = (), **kwargs: Any) -> None:
        """`usual` are the keys of the letters of the case's service: they are offered first."""
        super().__init__(*args, **kwargs)
        self.templates = {str(each.pk): each for each in LetterTemplate.objects.filter(retired_at=None)}
        ours = {pk: each for pk, each in self.templates.items() if each.key in usual}
        others = {pk: each for pk, each in self.templates.items() if pk not in ours}
        self.offered = [(_("For this service"), named(ours)), (_("Other letters"), named(others))]
        self.field("template").choices = [("", ""), *named(ours), *named(others)]

    def clean_template(self) -> LetterTemplate | None:
        return self.templates.get(self.cleaned_data["template"])

    def clean_article(self) -> Article | None:
        return Article.objects.published().filter(key=self.cleaned_data["article"]).first()

    def clean_cc(self) -> list[str]:
        words = self.cleaned_data["cc"].replace(";", ",").split(",")
        return [forms.EmailField().clean(word.strip()) for word in words if word.strip()]


class SignpostForm(fields.Form):
    signpost = fields.ChoiceField(label=_("Where they should go"), select=True)
    text = fields.TextArea(label=_("Message"), rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signposts = signposts()
        self.field("signpost").choices = named(self.signposts)

    def clean_signpost(self) -> Signpost:
        return self.signposts[self.cleaned_data["signpost"]]


class SplitForm(fields.Form):
    title = fields.TextField(label=_("What is the second question?"), max_length=300)
    service = fields.ChoiceField(label=_("Service"), select=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services_in_use()
        self.field("service").choices = services_by_team(self.services.values())

    def clean_service(self) -> Service:
        return self.services[self.cleaned_data["service"]]


class ImportForm(fields.Form):
    """A file of mail, and the mailbox it belongs to."""

    mailbox = fields.ChoiceField(label=_("Mailbox"), select=True)
    file = fields.FileField(label=_("File"), help_text=_("An .mbox file, an .eml file, or a .zip of them."))
    acknowledge = fields.TickField(
        label=_("Acknowledge messages that open a case"), required=False,
        help_text=_("Leave this empty for old mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mailboxes = {str(each.pk): each for each in mailboxes_of(account)}
        self.field("mailbox").choices = [(key, each.address) for key, each in self.mailboxes.items()]

    def clean_mailbox(self) -> Mailbox:
        return self.mailboxes[self.cleaned_data["mailbox"]]


class SettleForm(fields.Form):
    """What becomes of a message that cannot be read."""

    how = fields.ChoiceField(
        label=_("What to do with it"),
        choices=[("CASE", _("Open a case with the message as a file")), ("NOTHING", _("Put it away"))],
        initial="CASE",
    )  # fmt: skip
    words = fields.TextField(
        label=_("What it is"), max_length=300,
        help_text=_("The title of the case, or why there is nothing to do."),
    )  # fmt: skip


def mailboxes_of(account: Account) -> list[Mailbox]:
    """The mailboxes of the teams in which this account may import."""
    found = Mailbox.objects.select_related("team", "service")
    if not account.standing().everywhere_for("enquiries.import"):
        found = found.filter(team_id__in=account.standing().teams_for("enquiries.import"))
    return list(found)


def team_of(account: Account) -> Team | None:
    """The team a contact is counted for."""
    return Team.objects.filter(pk__in=account.standing().teams_for("enquiries.log")).order_by("id").first()


class CallBackForm(fields.Form):
    """When to ring, which number, about what, and who does."""

    about = fields.TextField(label=_("About what?"), max_length=300)
    number = fields.PhoneField(label=_("Number to ring"))
    on = fields.DateField(label=_("Day"), help_text=_("Such as 27/11/2026, Friday, or tomorrow."))
    after = fields.TimeField(label=_("From"), help_text=_("Such as 9.30am or 14:05."))
    before = fields.TimeField(label=_("Until"), required=False, help_text=_("Leave empty for an hour later."))
    owner = fields.ChoiceField(label=_("Who rings?"), select=True, required=False)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in Account.objects.working_in(team.pk)}
        self.field("owner").choices = [("", _("Anybody in the team")), *_names(self.people)]

    def clean_owner(self) -> Account | None:
        return self.people.get(self.cleaned_data["owner"])


class TryForm(fields.Form):
    """What came of ringing; when nobody answered, when to try again."""

    result = fields.ChoiceField(
        label=_("What came of it?"),
        choices=[
            ("DONE", _("I spoke to them")),
            ("NO_ANSWER", _("No answer: try again")),
            ("GIVEN_UP", _("Give up")),
        ],
        error_messages={"required": _("Say what came of it.")},
    )
    note = fields.TextArea(label=_("What was said, or why"), rows=3, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=600)
    on = fields.DateField(label=_("Try again on"), required=False)
    after = fields.TimeField(label=_("From"), required=False)
    before = fields.TimeField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("result") == "NO_ANSWER" and not self.errors:
            for name, words in (("on", _("Say on which day.")), ("after", _("Say from when."))):
                if not data.get(name):
                    self.add_error(name, words)
        if data.get("result") in {"DONE", "GIVEN_UP"} and not data.get("note", "").strip():
            self.add_error("note", _("Write down what was said, or why you give up."))
        return data


def _names(people: Mapping[str, Account]) -> list[tuple[str, str]]:
    return [(key, each.name) for key, each in people.items()]
