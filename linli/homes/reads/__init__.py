"""What others may ask the register; every answer costs a fixed number of queries."""

from linli.homes.reads.homes import HomePage, home_or_404, home_page, residents_to_choose
from linli.homes.reads.labels import (
    MyHome,
    building_ids_of,
    building_label,
    buildings_of,
    current_homes,
    homes_of,
    label,
    unit_labels,
)
from linli.homes.reads.register import (
    building_choices,
    building_or_404,
    building_page,
    entrance_or_404,
    register_page,
    skyline_data,
)
from linli.homes.reads.scopes import Scope, ScopedHome, count_in, homes_in, member_ids_in, units_in

__all__ = [
    "HomePage",
    "MyHome",
    "Scope",
    "ScopedHome",
    "building_choices",
    "building_ids_of",
    "building_label",
    "building_or_404",
    "building_page",
    "buildings_of",
    "count_in",
    "current_homes",
    "entrance_or_404",
    "home_or_404",
    "home_page",
    "homes_in",
    "homes_of",
    "label",
    "member_ids_in",
    "register_page",
    "residents_to_choose",
    "skyline_data",
    "unit_labels",
    "units_in",
]
