import pytest

from linli.kernel.tests import examples


@pytest.fixture(autouse=True)
def _fresh_examples():
    examples.seen.clear()
    examples.broken.clear()
