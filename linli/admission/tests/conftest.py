import pytest

from linli.homes import actions as homes
from linli.homes.models import Unit
from linli.homes.plans import Pattern
from tests import factories
from tests.factories import NOW, Sunny


@pytest.fixture
def sunny() -> Sunny:
    """Sunny Gardens with one building of four homes."""
    cast = factories.sunny()
    pattern = Pattern(building_name="3号楼", entrance_name="2单元", floor_last=2, homes_per_floor=2)
    homes.add_homes(by=cast.steward, plan=pattern.plan(), now=NOW)
    return cast


@pytest.fixture
def unit(sunny: Sunny) -> Unit:
    return Unit.objects.select_related("entrance__building").get(name="101")
