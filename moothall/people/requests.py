"""A request that has come through the door: somebody with an account is signed in."""

from django.http import HttpRequest

from moothall.people.models import Account


class StaffRequest(HttpRequest):
    user: Account
