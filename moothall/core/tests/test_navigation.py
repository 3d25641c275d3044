"""What apps add to every staff page."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured

from moothall.core.navigation import Item, add_account_item, add_item, add_new_item


@pytest.mark.parametrize("add", [add_item, add_account_item, add_new_item])
def test_a_key_that_leads_somewhere_already_is_refused(add: Callable[[Item], None]) -> None:
    with pytest.raises(ImproperlyConfigured, match="'elsewhere' and 'my_work' share the key 'g m'"):
        add(Item(1, "Elsewhere", "elsewhere", "", key="g m"))
