from tests.addresses import our_addresses

DOORS = {"public", "account", "community", "member", "operator", "steward"}
ROLES = {"resident", "organiser", "moderator", "committee", "property", "steward"}


def test_every_view_has_a_door() -> None:
    without = [f"/{address.route} ({address.view.__module__})" for address in our_addresses() if not address.door]

    assert without == []


def test_every_door_is_one_we_know() -> None:
    strange = {
        address.route: address.door
        for address in our_addresses()
        if address.door and address.door not in DOORS and not set(address.door.split("+")) <= ROLES
    }

    assert strange == {}


def test_a_page_inside_a_community_asks_who_comes_in() -> None:
    open_ones = [
        f"/{address.route}"
        for address in our_addresses()
        if address.route.startswith("c/<slug:slug>/") and address.door == "public"
    ]

    # Ways in are for people who do not belong yet.
    assert [route for route in open_ones if "/join/" not in route] == []


def test_every_address_of_ours_has_a_name() -> None:
    assert [address.route for address in our_addresses() if not address.name.rpartition(":")[2]] == []


def test_no_two_addresses_share_a_name() -> None:
    names = [address.name for address in our_addresses()]

    assert sorted({name for name in names if names.count(name) > 1}) == []
