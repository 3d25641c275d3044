"""How the sign-in library behaves here: nobody makes their own account, and secrets are kept encrypted."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import now
from moothall.core.refusals import Words

from .home import home

WRONG_CODE = _("That code is not right. Codes change every 30 seconds: enter the one shown now.")


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """An administrator adds accounts; the person sets a password from a link in a letter."""

    error_messages: ClassVar[dict[str, Words]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Access to this account has ended."),
        "email_password_mismatch": _("The email address or the password is not right."),
        "enter_current_password": _("This is not your password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": WRONG_CODE,
        "invalid_login": _("The email address or the password is not right."),
        "invalid_password_reset": _("This link has been used, or it has grown too old."),
        "too_many_login_attempts": _("Too many attempts have failed. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As our own limits see it: behind a proxy, the address the proxy was asked from."""
        from moothall.people.session_limits import where_from

        return where_from(request) or "0.0.0.0"  # noqa: S104 # nosec B104

    def login(self, request: HttpRequest, user: Any) -> None:
        from moothall.people.session_limits import begin

        super().login(request, user)
        begin(request.session, at=int(now().timestamp()))
        methods = request.session.get("account_authentication_methods", [])
        note(request, "ENTERED", user, " + ".join(str(one.get("type", one["method"])) for one in methods))

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            note(request, "LEFT", request.user)
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note(request, "LOCKED", account_called(credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note(request, "WRONG", account_called(credentials), "password")

    def send_notification_mail(self, template_prefix: str, user: Any, *given: Any, **named: Any) -> None:
        named["context"] = {"user": user} | (named.get("context") or {})
        named["email"] = named.get("email") or user.email
        super().send_notification_mail(template_prefix, user, *given, **named)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account, whoever's page the mail is asked for on."""
        language = getattr(context.get("user"), "language", "en")
        with translation.override("cy" if language == "cy" else "en-gb"):
            super().send_mail(template_prefix, email, context | {"office_address": settings.PUBLIC_URL})


class ClosedSocialSignUp(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The organisation's own sign-in opens an account that exists; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, _sociallogin: Any) -> bool:
        note(request, "REFUSED", None, "organisation")
        return False


def note(request: HttpRequest, kind: str, account: Any, by_what: str = "") -> None:
    from moothall.people.rules.signing_in import note_sign_in
    from moothall.people.session_limits import where_from

    browser = request.headers.get("User-Agent", "")
    note_sign_in(
        kind, account=account, at=now(), address=where_from(request), browser=browser, by_what=by_what
    )


def account_called(credentials: dict[str, Any]) -> Any:
    """The account of the address that was typed, if there is one. What was typed is kept nowhere."""
    from moothall.people.models import Account

    return Account.objects.filter(email__iexact=str(credentials.get("email", ""))).order_by("pk").first()


class SealedSecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of authenticator apps and recovery codes are unreadable without this installation's key."""

    error_messages: ClassVar[dict[str, Words]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your role needs a second factor: add another before removing this."
        ),
        "cannot_generate_recovery_codes": _("Add an authenticator app or a passkey first."),
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last factor of somebody whose role demands one stays."""
        from allauth.mfa.models import Authenticator

        from moothall.people.models.account import SECOND_FACTORS

        factors = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS)
        last = authenticator.type in SECOND_FACTORS and not factors.exclude(pk=authenticator.pk).exists()
        return not (last and authenticator.user.standing().mfa_required)

    def _box(self) -> Fernet:
        key = hashlib.sha256(home().key("second-factors").encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))
