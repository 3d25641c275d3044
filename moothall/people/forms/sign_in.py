"""The sign-in library's forms, in our words and in the look of the office."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as factors
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import now
from moothall.core.refusals import Words
from moothall.people.rules.signing_in import note_sign_in
from moothall.people.session_limits import where_from

PASSWORD_HINT = _("At least 12 characters. Four words that do not belong together are easy to remember.")


class OurWords:
    """Puts our labels and hints on a form of the library, and takes its placeholders away."""

    labels: ClassVar[dict[str, Words]] = {}
    hints: ClassVar[dict[str, Words]] = {}
    use_required_attribute = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(OurWords, account.LoginForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {"login": _("Email address"), "password": _("Password")}


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {"password": _("Your password")}


class ForgottenPasswordForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {"email": _("Email address")}
    hints: ClassVar[dict[str, Words]] = {"email": _("The address you sign in with")}


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints: ClassVar[dict[str, Words]] = {"password1": PASSWORD_HINT}


class SetPasswordForm(OurWords, account.SetPasswordForm):  # type: ignore[misc]
    labels, hints = NewPasswordForm.labels, NewPasswordForm.hints


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {"oldpassword": _("Your password now"), **NewPasswordForm.labels}
    hints = NewPasswordForm.hints


class CodeForm(OurWords, factors.AuthenticateForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {"code": _("Code")}
    hints: ClassVar[dict[str, Words]] = {
        "code": _("The 6 digits your authenticator app shows, or one of your recovery codes")
    }

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())
        except ValidationError:
            note_sign_in(
                "FACTOR", account=self.user, at=now(), address=where_from(context.request),
                browser=context.request.headers.get("User-Agent", ""),
            )  # fmt: skip
            raise


class ConfirmCodeForm(OurWords, factors.ReauthenticateForm):  # type: ignore[misc]
    labels, hints = CodeForm.labels, CodeForm.hints


class AuthenticatorAppForm(OurWords, ActivateTOTPForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {"code": _("Code from the app")}
    hints: ClassVar[dict[str, Words]] = {"code": _("The 6 digits it shows now")}


class AddPasskeyForm(OurWords, AddWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {
        "name": _("Name of the key"),
        "passwordless": _("Sign in with this key alone, without a password"),
    }
    hints: ClassVar[dict[str, Words]] = {
        "name": _("So that you can tell it from another, such as “work laptop”"),
        "passwordless": _("The key then asks for your fingerprint, face or PIN."),
    }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["name"] = ""  # the library would call the first one the master key


class RenamePasskeyForm(OurWords, EditWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Words]] = {"name": _("Name of the key")}
