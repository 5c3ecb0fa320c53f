"""Homes (房屋台账): the register of buildings, entrances and units, who owns them and who lives there."""
