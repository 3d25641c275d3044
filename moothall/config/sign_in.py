"""Nobody makes their own account: an administrator does, and the person sets a password by mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False


class ClosedSocialSignUp(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        return False
