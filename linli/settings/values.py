"""How the text of a setting becomes a value, and what is right where it is wrong."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo


class WrongValue(ValueError):
    """What would have been right; the reader puts the name and the value in front."""


@dataclass(frozen=True)
class Database:
    kind: str  # "sqlite" or "postgresql"
    name: str  # "" for the SQLite file in the data folder
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: int | None = None


@dataclass(frozen=True)
class Mail:
    kind: str  # "console", "file", "smtp"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False
    folder: str = ""


@dataclass(frozen=True)
class Proxies:
    """Who may say, by X-Forwarded-…, where a request came from: a number of hops, or these networks."""

    hops: int = 0
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hops or self.networks)


def text(value: str) -> str:
    return value


def secret(value: str) -> str:
    if value and len(value) < 32:
        raise WrongValue("give at least 32 characters, or leave it out and one is made")
    return value


def path(value: str) -> Path:
    if not value:
        raise WrongValue("give a folder")
    return Path(value).expanduser()


def whole(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise WrongValue(f"give a whole number from {low} to {high}")
        return int(value)

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in choices:
            raise WrongValue(f"give one of {', '.join(choices)}")
        return value.lower()

    return read


def yes_or_no(value: str) -> bool:
    if value.lower() in ("1", "true", "yes", "on"):
        return True
    if value.lower() in ("", "0", "false", "no", "off"):
        return False
    raise WrongValue("give yes or no")


def time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise WrongValue("give the name of a time zone, such as Asia/Shanghai") from None
    return value


def address(value: str) -> str:
    if not value:
        return ""
    wrong = WrongValue("give a web address without a path, such as https://linli.example.org")
    parts = split_address(value, wrong)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise wrong
    if parts.username is not None or parts.fragment:
        raise wrong
    return f"{parts.scheme}://{parts.netloc.lower()}"


def names(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in value.split(",") if host.strip())
    if any("/" in host or "*" in host for host in hosts):
        raise WrongValue("give host names with commas between them, such as linli.lan, 192.168.1.10")
    return hosts


def database(value: str) -> Database:
    wrong = WrongValue("give sqlite, sqlite:///path/to/file or postgres://user:password@host:5432/name")
    if value == "sqlite":
        return Database("sqlite", "")
    parts = split_address(value, wrong)
    name = unquote(parts.path[1:])
    if parts.scheme == "sqlite" and not parts.netloc and name:
        return Database("sqlite", name)
    if parts.scheme in ("postgres", "postgresql") and name and "/" not in name:
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return Database("postgresql", name, user, password, unquote(parts.hostname or ""), parts.port)
    raise wrong


def mail(value: str) -> Mail:
    wrong = WrongValue(
        "give console://, file:///folder, smtp+tls://user:password@host:587 or smtps://user:password@host:465"
    )
    parts = split_address(value, wrong)
    if value == "console://":
        return Mail("console")
    if parts.scheme == "file" and parts.path.strip("/"):
        return Mail("file", folder=unquote(parts.path))
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise wrong
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme == "smtp" and password and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise WrongValue("it would send the password unprotected; use smtp+tls:// or smtps://")
    port = parts.port or ports[parts.scheme]
    return Mail("smtp", parts.hostname, port, user, password, parts.scheme == "smtp+tls", parts.scheme == "smtps")


def sms(value: str) -> str:
    wrong = WrongValue("give console:// or the https:// address of your SMS gateway")
    parts = split_address(value, wrong)
    is_local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if value == "console://" or (parts.scheme == "https" and parts.hostname) or is_local:
        return value
    raise wrong


def proxies(value: str) -> Proxies:
    if value.isascii() and value.isdigit() and int(value) <= 9:
        return Proxies(hops=int(value))
    try:
        return Proxies(networks=tuple(ipaddress.ip_network(part.strip(), strict=False) for part in value.split(",")))
    except ValueError:
        wrong = "give the number of proxies in front (0 to 9) or their addresses, such as 127.0.0.1, 10.0.0.0/8"
        raise WrongValue(wrong) from None


def split_address(value: str, wrong: WrongValue) -> SplitResult:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  (raises for a port that is no number)
    except ValueError:
        raise wrong from None
    return parts
