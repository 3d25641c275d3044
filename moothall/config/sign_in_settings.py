"""Settings of the sign-in library that are too long for `settings.py`."""

import os
from typing import Any
from urllib.parse import urlsplit

from .cannot import Cannot

FORMS = "moothall.people.forms.sign_in"
SIGN_IN_FORMS = {
    "login": f"{FORMS}.SignInForm",
    "change_password": f"{FORMS}.ChangePasswordForm",
    "set_password": f"{FORMS}.SetPasswordForm",
    "reset_password": f"{FORMS}.ForgottenPasswordForm",
    "reset_password_from_key": f"{FORMS}.NewPasswordForm",
    "reauthenticate": f"{FORMS}.ConfirmPasswordForm",
}
SECOND_FACTOR_FORMS = {
    "authenticate": f"{FORMS}.CodeForm",
    "reauthenticate": f"{FORMS}.ConfirmCodeForm",
    "activate_totp": f"{FORMS}.AuthenticatorAppForm",
    "add_webauthn": f"{FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{FORMS}.RenamePasskeyForm",
}


def form_targets() -> list[str]:
    """Where a form of ours may lead besides our own pages: to the organisation's sign-in."""
    parts = urlsplit(os.environ.get("MOOTHALL_OIDC_URL", ""))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def openid_connect() -> dict[str, Any]:
    """The organisation's own sign-in: `MOOTHALL_OIDC_URL`, `_CLIENT_ID`, `_SECRET` and `_NAME`, or nothing.

    Its word is taken that an address is verified: it belongs to the organisation that owns the accounts.
    """
    url = os.environ.get("MOOTHALL_OIDC_URL")
    if not url:
        return {}
    client, secret = os.environ.get("MOOTHALL_OIDC_CLIENT_ID"), os.environ.get("MOOTHALL_OIDC_SECRET")
    if not (client and secret):
        raise Cannot("MOOTHALL_OIDC_URL is set, so MOOTHALL_OIDC_CLIENT_ID and MOOTHALL_OIDC_SECRET must be.")
    if "/common" in url or "/organizations" in url:
        raise Cannot("MOOTHALL_OIDC_URL must name your own tenant: this address lets every organisation in.")
    app = {
        "provider_id": "office",
        "name": os.environ.get("MOOTHALL_OIDC_NAME", "your organisation"),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url},
    }
    return {
        "openid_connect": {
            "APPS": [app],
            "OAUTH_PKCE_ENABLED": True,
            "EMAIL_AUTHENTICATION": True,
            "VERIFIED_EMAIL": True,
        }
    }
