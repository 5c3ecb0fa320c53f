"""Packing, peers, static files: the small parts of the outer server."""

import gzip
import ipaddress
import json
from pathlib import Path
from typing import Any

import pytest

from linli.settings.values import Proxies
from linli.site.server.files import FOREVER, Files
from linli.site.server.packing import accepts_gzip, gzipped
from linli.site.server.peers import origin
from linli.site.server.shared import shareable
from linli.site.server.types import Reply

TRUSTED = Proxies(networks=(ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1/128")))


def test_packing_keeps_the_text_and_hides_its_length() -> None:
    text = "邻里守望相助。".encode() * 200

    packed = [gzipped(text) for _ in range(40)]

    assert {gzip.decompress(one) for one in packed} == {text}
    assert len({len(one) for one in packed}) > 10


@pytest.mark.parametrize(
    "header,expected",
    [
        (b"gzip", True),
        (b"br, GZIP;q=0.5", True),
        (b"gzip;q=0", False),
        (b"gzip; q=0.0, *", False),
        (b"*", True),
        (b"*;q=0", False),
        (b"br", False),
        (b"", False),
        (b"gzippy", False),
    ],
)
def test_gzip_is_sent_only_where_it_is_accepted(header: bytes, expected: bool) -> None:
    assert accepts_gzip(header) is expected


@pytest.mark.parametrize(
    "proxies,peer,said,expected",
    [
        (Proxies(), "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (Proxies(hops=1), "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (Proxies(hops=2), "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (Proxies(hops=2), "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (Proxies(hops=1), "10.0.0.1", "", "10.0.0.1"),
        (Proxies(hops=1), "10.0.0.1", "<script>", "10.0.0.1"),
        (Proxies(hops=1), "10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        (Proxies(hops=1), "10.0.0.1", "1.2.3.4:80", "1.2.3.4"),
        (TRUSTED, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (TRUSTED, "9.9.9.9", "1.2.3.4", "9.9.9.9"),
        (TRUSTED, "::1", "1.2.3.4", "1.2.3.4"),
        (TRUSTED, "10.0.0.1", "10.0.0.3", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_who_asks(proxies: Proxies, peer: str, said: str, expected: str) -> None:
    client, _scheme = origin(proxies, peer, "http", said, "")

    assert client == expected


def test_only_trusted_proxies_say_that_the_way_was_encrypted() -> None:
    assert origin(Proxies(), "9.9.9.9", "http", "", "https")[1] == "http"
    assert origin(TRUSTED, "9.9.9.9", "http", "", "https")[1] == "http"
    assert origin(TRUSTED, "10.0.0.1", "http", "1.2.3.4", "https")[1] == "https"
    assert origin(Proxies(hops=1), "10.0.0.1", "http", "1.2.3.4", "javascript")[1] == "http"


def asked(path: str, **headers: str) -> dict[str, Any]:
    return {
        "method": "GET",
        "path": path,
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text("outside")
    static = tmp_path / "static"
    (static / "look").mkdir(parents=True)
    (static / "look" / "app.0123456789ab.css").write_text("a{}" * 1000)
    (static / "look" / "app.css").write_text("a{}" * 1000)
    (static / "look" / "sw.js").write_text("self")
    (static / "look" / "photo.webp").write_bytes(b"\0\1" * 400_000)
    (static / "staticfiles.json").write_text(json.dumps({"paths": {"look/app.css": "look/app.0123456789ab.css"}}))
    return static


def test_a_hashed_file_is_kept_forever_and_sent_packed(root: Path) -> None:
    answer = Files(root).answer(asked("/static/look/app.0123456789ab.css", accept_encoding="gzip"))

    assert answer.status == 200
    assert gzip.decompress(answer.body) == b"a{}" * 1000
    assert answer.header(b"cache-control") == FOREVER
    assert answer.header(b"content-type") == b"text/css; charset=utf-8"
    assert answer.header(b"vary") == b"Accept-Encoding"


def test_a_plain_name_is_asked_for_again_and_answered_briefly(root: Path) -> None:
    files = Files(root)
    first = files.answer(asked("/static/look/app.css"))

    again = files.answer(asked("/static/look/app.css", if_none_match=first.header(b"etag").decode()))

    assert first.header(b"cache-control") == b"no-cache"
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret",
        "/static/look/../../secret",
        "/static//etc/passwd",
        "/static/staticfiles.json",
        "/static/look",
        "/static/look/",
        "/static/\0",
        "/static/look\\app.css",
    ],
)
def test_nothing_but_listed_files_is_found(root: Path, path: str) -> None:
    files = Files(root)

    assert files.has(path)
    assert files.answer(asked(path)).status == 404


def test_a_large_file_is_sent_from_the_disk(root: Path) -> None:
    answer = Files(root).answer(asked("/static/look/photo.webp"))

    assert answer.path == str(root / "look" / "photo.webp")
    assert answer.header(b"content-length") == b"800000"
    assert answer.body == b""


def test_the_service_worker_has_the_root_address(root: Path) -> None:
    files = Files(root)

    assert files.has("/sw.js")
    assert files.answer(asked("/sw.js")).body == b"self"
    assert not files.has("/favicon.ico")


def test_static_files_are_only_read(root: Path) -> None:
    answer = Files(root).answer({**asked("/static/look/app.css"), "method": "POST"})

    assert answer.status == 405


@pytest.mark.parametrize(
    "headers,expected",
    [
        ({b"cache-control": b"public, s-maxage=1"}, (1, 0)),
        ({b"cache-control": b"public, max-age=0, s-maxage=2, stale-while-revalidate=10"}, (2, 10)),
        ({b"cache-control": b"s-maxage=1", b"vary": b"Cookie, Accept-Language"}, (1, 0)),
        ({b"cache-control": b"s-maxage=1", b"vary": b"User-Agent"}, None),
        ({b"cache-control": b"s-maxage=1", b"vary": b"*"}, None),
        ({b"cache-control": b"s-maxage=1", b"set-cookie": b"a=b"}, None),
        ({b"cache-control": b"private, s-maxage=1"}, None),
        ({b"cache-control": b"no-store, s-maxage=1"}, None),
        ({b"cache-control": b"s-maxage=0"}, None),
        ({b"cache-control": b"max-age=60"}, None),
        ({}, None),
    ],
)
def test_only_what_a_page_allows_is_shared(headers: dict[bytes, bytes], expected: tuple[int, int] | None) -> None:
    assert shareable(Reply(200, list(headers.items()), b"page")) == expected
    assert shareable(Reply(404, list(headers.items()), b"page")) is None
