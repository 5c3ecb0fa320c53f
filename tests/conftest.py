from collections.abc import Iterator
from typing import Any

import pytest

from tests.house import House, open_house


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None) -> None:
    """Named as pytest-django's own, which it looks for when it decides whether these tests need a database."""


@pytest.fixture(scope="module")
def house(transactional_db: None, django_db_blocker: Any) -> Iterator[House]:
    """For tests that only look: nothing a visit changes stays."""
    with django_db_blocker.unblock(), open_house() as opened:
        yield opened
