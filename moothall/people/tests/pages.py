"""Reading pages in tests: strictly parsed, then as words and links."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client

from moothall.people.models import Account
from moothall.people.tests.make import make_account


def page(response: Any, status: int = 200) -> Element:
    """The page, which must be right HTML and have the status."""
    assert response.status_code == status, (response.status_code, response.get("Location"))
    html = response.content.decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html) if "<html" in html else parser.parseFragment(html)
    return tree


def words(tree: Element) -> str:
    """What can be read on it, on one line, without scripts."""
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag in {"script", "style"}:
                child.text = None
    return " ".join(" ".join(tree.itertext()).split())


def links(tree: Element) -> dict[str, str]:
    """The words of each link and its address."""
    return {" ".join("".join(one.itertext()).split()): one.get("href", "") for one in tree.iter("a")}


def main(tree: Element) -> Element:
    found = tree.find(".//main")
    assert found is not None
    return found


def signed_in_as(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def client_who_may(*permissions: str, **changes: Any) -> Client:
    return signed_in_as(make_account(*permissions, **changes))
