"""A mailbox: whose it is, and how its mail is fetched and sent."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.cases.visiting import named, services_by_team, services_in_use
from moothall.core import fields
from moothall.core.clock import today
from moothall.enquiries.models import Connection, Mailbox
from moothall.enquiries.models.connection import AFTERWARDS, SECURITY, SIGN_IN
from moothall.enquiries.rules.mailboxes import SECRETS
from moothall.people.models import Team

HOST = RegexValidator(
    r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$|^\[?[0-9a-fA-F:]+\]?$",
    _("Enter the name of a server, such as imap.example.org."),
)
ON_ONE_LINE = RegexValidator(r"^[^\r\n\x00-\x1f]*$", _("Leave out line ends and control characters."))
KEPT = _("One is kept. Leave this empty to keep it.")
SEALED = _("It is sealed, and never shown again.")


class MailboxForm(fields.Form):
    """An address people write to, and what becomes of what they write."""

    address = fields.EmailField(label=_("Email address"))
    name = fields.TextField(label=_("Name on letters"), max_length=160)
    name_cy = fields.TextField(label=_("Name on letters in Welsh"), max_length=160, required=False)
    team = fields.ChoiceField(label=_("Team that reads it"), select=True)
    service = fields.ChoiceField(label=_("Service its mail begins as"), select=True)
    acknowledge = fields.TickField(label=_("Say that we have it, once, to whoever writes"), required=False)

    def __init__(self, *args: Any, mailbox: Mailbox | None = None, **given: Any) -> None:
        if mailbox is not None:
            names = ("address", "name", "name_cy", "acknowledge")
            given["initial"] = {name: getattr(mailbox, name) for name in names} | {
                "team": mailbox.team_id, "service": mailbox.service_id,
            }  # fmt: skip
        super().__init__(*args, **given)
        self.teams = {str(each.pk): each for each in Team.objects.order_by("name")}
        self.services = services_in_use()
        if mailbox is not None:
            self.services.setdefault(str(mailbox.service_id), mailbox.service)
            del self.fields["address"]
        self.field("team").choices = named(self.teams)
        self.field("service").choices = services_by_team(self.services.values())

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def clean_service(self) -> Service:
        return self.services[self.cleaned_data["service"]]

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).lower()


class ServerField(fields.TextField):
    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=250, validators=[HOST], autocomplete="off", **given)


class PortField(forms.IntegerField):
    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"})
        super().__init__(min_value=1, max_value=65535, widget=widget, **given)


class SecretField(fields.TextField):
    """What is typed is sealed; the page never shows it, not even to whoever typed it."""

    def __init__(self, **given: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
        super().__init__(
            max_length=5000, required=False, strip=False, widget=widget, validators=[ON_ONE_LINE],
            help_text=SEALED, **given,
        )  # fmt: skip


class ConnectionForm(fields.Form):
    """How mail is fetched, how we sign in, and how letters leave."""

    mark_optional = False  # what is needed hangs on how we sign in

    imap_host = ServerField(label=_("IMAP server"))
    imap_port = PortField(label=_("IMAP port"), initial=993)
    imap_security = fields.ChoiceField(label=_("Encryption when fetching"), choices=SECURITY, initial="TLS")
    folder = fields.TextField(label=_("Folder to fetch from"), initial="INBOX", validators=[ON_ONE_LINE])
    since = fields.DateField(
        label=_("First day"), help_text=_("Messages that came before this day are left alone.")
    )
    afterwards = fields.ChoiceField(
        label=_("What to do with a message once it is kept"), choices=AFTERWARDS, initial="SEEN"
    )
    done_folder = fields.TextField(
        label=_("Folder to move it to"), required=False, validators=[ON_ONE_LINE]
    )  # fmt: skip

    user_name = fields.TextField(label=_("User name"), max_length=250, autocomplete="off")
    sign_in = fields.ChoiceField(label=_("How we sign in"), choices=SIGN_IN, initial="PASSWORD")
    password = SecretField(label=_("Password"))
    token_url = forms.URLField(
        label=_("Token address"), required=False, max_length=400, assume_scheme="https",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    client_id = fields.TextField(label=_("Application (client) ID"), required=False, autocomplete="off")
    client_secret = SecretField(label=_("Client secret"))
    refresh_token = SecretField(label=_("Refresh token"))
    scope = fields.TextField(label=_("Scope"), required=False, max_length=400)

    smtp_host = ServerField(
        label=_("SMTP server"), required=False,
        help_text=_("Leave this empty to send by the mail server of the whole installation."),
    )  # fmt: skip
    smtp_port = PortField(label=_("SMTP port"), initial=587)
    smtp_security = fields.ChoiceField(
        label=_("Encryption when sending"), choices=SECURITY, initial="STARTTLS"
    )
    smtp_user_name = fields.TextField(
        label=_("User name for sending, if it is another"), required=False, max_length=250, autocomplete="off"
    )
    smtp_password = SecretField(label=_("Password for sending, if it is another"))
    sent_folder = fields.TextField(
        label=_("Folder for copies of what was sent"), required=False, validators=[ON_ONE_LINE],
        help_text=_("Leave this empty where the mail server keeps a copy by itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, connection: Connection | None = None, **given: Any) -> None:
        shown = [name for name in self.base_fields if name not in SECRETS]
        if connection is not None:
            given["initial"] = {name: getattr(connection, name) for name in shown}
        super().__init__(*args, **given)
        self.fields["since"].initial = self.initial.get("since") or today()
        for name, sealed in SECRETS.items():
            if connection is not None and getattr(connection, sealed):
                self.field(name).help_text = KEPT

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sign_in") in {"CLIENT", "REFRESH"}:
            for name in ("token_url", "client_id"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter this: OAuth2 needs it."))
        return data

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields under the headings they stand below on the page."""
        under = (
            (_("Fetching"), "imap_host imap_port imap_security folder since afterwards done_folder"),
            (_("Signing in"), "user_name sign_in password"),
            (_("OAuth2"), "token_url client_id client_secret refresh_token scope"),
            (_("Sending"), "smtp_host smtp_port smtp_security smtp_user_name smtp_password sent_folder"),
        )
        return [(heading, [self[name] for name in names.split()]) for heading, names in under]
