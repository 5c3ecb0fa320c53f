"""Where a request really comes from: X-Forwarded-… is believed from trusted proxies alone."""

import ipaddress

from linli.settings.values import Proxies


def origin(proxies: Proxies, peer: str, scheme: str, forwarded_for: str, forwarded_proto: str) -> tuple[str, str]:
    """The client's address and the scheme it used."""
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    if proxies.hops:
        client = hops[-proxies.hops] if len(hops) >= proxies.hops else peer
    elif proxies.networks and _is_trusted(proxies, peer):
        client = next((hop for hop in reversed(hops) if not _is_trusted(proxies, hop)), peer)
    else:
        return peer, scheme
    proto = forwarded_proto.rpartition(",")[2].strip().lower()
    return _plain(client) or peer, proto if proto in ("http", "https") else scheme


def _is_trusted(proxies: Proxies, hop: str) -> bool:
    try:
        address = ipaddress.ip_address(_plain(hop))
    except ValueError:
        return False
    return any(address in network for network in proxies.networks)


def _plain(hop: str) -> str:
    """The address without a port, or nothing where it is none."""
    host = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
