"""Where a form sends somebody when it is done: back to where they were, if that was here."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, address: str, otherwise: str) -> str:
    """The address a request brought along if it is one of our own pages, else the other."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if address and ours else otherwise
