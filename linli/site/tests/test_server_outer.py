"""The outer app as a whole, around pages that are plain functions."""

import asyncio
import gzip
import hashlib
import io
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from linli.settings.values import Proxies
from linli.site.server import body as bodies
from linli.site.server.outer import Limits
from linli.site.tests.asgi_client import Answer, Client, outer, run

Environ = dict[str, Any]


def shown(environ: Environ) -> HttpResponse:
    body = environ["wsgi.input"].read()
    names = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "wsgi.url_scheme")
    lines = [str(environ[name]) for name in names] + [str(len(body)), hashlib.sha256(body).hexdigest()]
    lines += sorted(f"{key}={value}" for key, value in environ.items() if key.startswith(("HTTP_", "CONTENT_")))
    return HttpResponse("\n".join(lines))


def test_a_request_reaches_the_page_as_wsgi_knows_it(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        return await client.request("POST", "/邻里/?q=%E9%82%BB", b"name=Li", content_type="text/plain", cookie="a=b")

    answer = run(outer(shown, tmp_path), ask)

    lines = answer.text.split("\n")
    assert lines[0] == "POST"
    assert lines[1].encode("latin-1").decode() == "/邻里/"
    assert lines[2:6] == ["q=%E9%82%BB", "198.51.100.7", "http", "7"]
    assert lines[7:] == ["CONTENT_LENGTH=7", "CONTENT_TYPE=text/plain", "HTTP_COOKIE=a=b", "HTTP_HOST=sunny.example"]
    assert answer.headers["content-length"] == str(len(answer.body))


def test_what_a_client_says_of_itself_as_a_proxy_is_not_heard(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        headers = {
            "x-forwarded-for": "1.2.3.4",
            "x-forwarded-proto": "https",
            "proxy": "evil",
            "x-forwarded-host": "evil",
        }
        return await client.get("/", **headers)

    lines = run(outer(shown, tmp_path), ask).text.split("\n")

    assert lines[3:5] == ["198.51.100.7", "http"]
    assert lines[7:] == ["HTTP_HOST=sunny.example"]


def test_a_trusted_proxy_names_client_and_scheme(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        return await client.get("/", **{"x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https"})

    lines = run(outer(shown, tmp_path, proxies=Proxies(hops=1)), ask).text.split("\n")

    assert lines[3:5] == ["1.2.3.4", "https"]


def test_a_header_with_an_underscore_cannot_pass_for_another(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        scope_headers = {"x-name": "true"}
        return await client.get("/", **scope_headers)

    app = outer(shown, tmp_path)
    inner = app.__call__

    async def with_underscore(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope["headers"].append((b"x_name", b"false"))
        await inner(scope, receive, send)

    assert "HTTP_X_NAME=true" in run(with_underscore, ask).text


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused_with_a_page(tmp_path: Path, chunked: bool) -> None:
    seen: list[str] = []

    async def ask(client: Client) -> Answer:
        body = [b"x" * 600, b"x" * 600] if chunked else b"x" * 1200
        return await client.request("POST", "/c/sunny/?q=1", body, cookie="linli_language=en", x_secret="s")

    def page(environ: Environ) -> HttpResponse:
        seen.append(shown(environ).content.decode())
        return HttpResponse("designed", status=413)

    answer = run(outer(page, tmp_path), ask)

    assert (answer.status, answer.body) == (413, b"designed")
    assert [asked.split("\n")[:3] for asked in seen] == [["GET", "/-/too-large/", ""]]
    assert seen[0].split("\n")[7:] == ["HTTP_COOKIE=linli_language=en", "HTTP_HOST=sunny.example"]


def test_a_plain_page_refuses_where_the_designed_one_is_broken(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        return await client.request("POST", "/", b"x" * 1200)

    answer = run(outer(lambda _: HttpResponse("oops", status=500), tmp_path), ask)

    assert answer.status == 413
    assert "That is too large" in answer.text
    assert "内容太大了" in answer.text


def test_a_large_body_waits_on_disk_and_arrives_whole(tmp_path: Path) -> None:
    body = bytes(range(256)) * 12_000

    async def ask(client: Client) -> Answer:
        return await client.request("POST", "/", [body[:2_000_000], body[2_000_000:]])

    lines = run(outer(shown, tmp_path, limits=Limits(10**7, 10)), ask).text.split("\n")

    assert lines[5:7] == [str(len(body)), hashlib.sha256(body).hexdigest()]
    assert f"CONTENT_LENGTH={len(body)}" in lines


def test_a_body_that_never_comes_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    sent: list[Any] = []

    async def ask(client: Client) -> None:
        async def receive() -> Any:
            await asyncio.sleep(60)

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1", "scheme": "http",
            "headers": [(b"content-length", b"10")], "client": None, "server": None,
        }  # fmt: skip
        await client.app(scope, receive, send)

    run(outer(shown, tmp_path), ask)

    assert sent[0]["status"] == 408


def test_slow_bodies_take_no_thread(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        async def never() -> Any:
            await asyncio.sleep(60)

        async def send(_message: Any) -> None:
            return

        scope = {
            "type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1", "scheme": "http",
            "headers": [(b"content-length", b"10")], "client": None, "server": None,
        }  # fmt: skip
        slow = [asyncio.create_task(client.app(scope, never, send)) for _ in range(50)]
        await asyncio.sleep(0.01)
        answer = await asyncio.wait_for(client.get("/"), 20)
        for task in slow:
            task.cancel()
        return answer

    assert run(outer(shown, tmp_path), ask).status == 200


def test_html_is_packed_when_asked_and_says_so(tmp_path: Path) -> None:
    async def ask(client: Client) -> tuple[Answer, Answer]:
        return await client.get("/", accept_encoding="gzip", cookie="linli=s"), await client.get("/", cookie="linli=s")

    packed, plain = run(outer(lambda _: HttpResponse("邻里" * 999), tmp_path), ask)

    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


def test_a_page_for_strangers_that_may_not_be_shared_is_packed_too(tmp_path: Path) -> None:
    async def ask(client: Client) -> list[Answer]:
        return [await client.get("/", accept_encoding="gzip") for _ in range(2)]

    for answer in run(outer(Public("private"), tmp_path), ask):
        assert answer.headers["content-encoding"] == "gzip"
        assert b"GET" in gzip.decompress(answer.body)


def test_streams_and_files_of_django_are_read_in_the_thread_and_sent_whole(tmp_path: Path) -> None:
    def page(environ: Environ) -> Any:
        if environ["PATH_INFO"] == "/file":
            return FileResponse(io.BytesIO(b"zip" * 700_000), filename="data.zip")
        return StreamingHttpResponse(b"%d\n" % n for n in range(5))

    async def ask(client: Client) -> tuple[Answer, Answer]:
        return await client.get("/"), await client.get("/file")

    stream, file = run(outer(page, tmp_path), ask)

    assert stream.body == b"0\n1\n2\n3\n4\n"
    assert stream.headers["content-length"] == "10"
    assert file.body == b"zip" * 700_000


def test_a_broken_page_is_answered_with_a_page(tmp_path: Path) -> None:
    def page(environ: Environ) -> HttpResponse:
        raise SystemError("broken")

    async def ask(client: Client) -> Answer:
        return await client.get("/")

    answer = run(outer(page, tmp_path), ask)

    assert answer.status == 500
    assert "Something went wrong" in answer.text
    assert "broken" not in answer.text


def test_head_has_the_headers_of_get_and_no_body(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        return await client.request("HEAD", "/")

    answer = run(outer(lambda _: HttpResponse("page"), tmp_path), ask)

    assert (answer.headers["content-length"], answer.body) == ("4", b"")


def test_health_needs_no_thread_and_ready_needs_the_database(tmp_path: Path) -> None:
    def no_database() -> None:
        raise OSError("gone")

    async def ask(client: Client) -> list[int]:
        return [(await client.get(path)).status for path in ("/-/health", "/-/ready", "/-/other")]

    assert run(outer(shown, tmp_path), ask) == [200, 200, 404]
    assert run(outer(shown, tmp_path, ready=no_database), ask) == [200, 503, 404]


class Public:
    """A public page that counts how often it is made."""

    def __init__(self, control: str = "public, s-maxage=1, stale-while-revalidate=10", seconds: float = 0.0) -> None:
        self.control, self.seconds, self.made = control, seconds, 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ) -> HttpResponse:
        time.sleep(self.seconds)
        with self._lock:
            self.made += 1
            number = self.made
        language = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        text = f"{number} {environ['REQUEST_METHOD']} {environ['QUERY_STRING']} {language} " + "邻里" * 999
        return HttpResponse(text, headers={"Cache-Control": self.control, "Vary": "Cookie, Accept-Language"})


def test_strangers_share_a_public_page_and_its_two_forms(tmp_path: Path) -> None:
    page = Public()

    async def ask(client: Client) -> list[Answer]:
        return [
            await client.get("/c/sunny/"),
            await client.get("/c/sunny/", accept_encoding="gzip", cookie="csrf=x"),
            await client.request("HEAD", "/c/sunny/"),
        ]

    plain, packed, head = run(outer(page, tmp_path), ask)

    assert page.made == 1
    assert gzip.decompress(packed.body) == plain.body
    assert head.headers["content-length"] == plain.headers["content-length"]


def test_a_head_request_fills_the_cache_with_the_whole_page(tmp_path: Path) -> None:
    async def ask(client: Client) -> Answer:
        await client.request("HEAD", "/")
        return await client.get("/")

    assert run(outer(Public(), tmp_path), ask).text.startswith("1 GET")


def test_a_page_that_has_not_changed_is_answered_briefly(tmp_path: Path) -> None:
    async def ask(client: Client) -> tuple[Answer, Answer]:
        first = await client.get("/")
        return first, await client.get("/", if_none_match=first.headers["etag"])

    first, again = run(outer(Public(), tmp_path), ask)

    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    "headers",
    [{"cookie": "linli=session"}, {"cookie": "csrf=x; messages=y"}, {"authorization": "Bearer x"}],
)
def test_who_may_be_somebody_gets_a_page_of_their_own(tmp_path: Path, headers: dict[str, str]) -> None:
    page = Public()

    async def ask(client: Client) -> str:
        await client.get("/")
        return (await client.get("/", **headers)).text

    assert run(outer(page, tmp_path), ask).startswith("2 ")
    assert page.made == 2


def test_language_look_query_and_part_have_pages_of_their_own(tmp_path: Path) -> None:
    page = Public()

    async def ask(client: Client) -> list[str]:
        answers = [
            await client.get("/"),
            await client.get("/", accept_language="en-GB"),
            await client.get("/", accept_language="en-US,en;q=0.9"),
            await client.get("/", cookie="linli_language=en"),
            await client.get("/?before=3"),
            await client.get("/", hx_request="true"),
        ]
        return [answer.text.split(" ")[0] for answer in answers]

    assert run(outer(page, tmp_path), ask) == ["1", "2", "2", "3", "4", "5"]


def test_a_hundred_strangers_at_once_make_the_page_once(tmp_path: Path) -> None:
    page = Public(seconds=0.05)

    async def ask(client: Client) -> set[bytes]:
        answers = await asyncio.gather(*(client.get("/") for _ in range(100)))
        return {answer.body for answer in answers}

    assert len(run(outer(page, tmp_path), ask)) == 1
    assert page.made == 1


def test_a_stale_page_is_shown_once_more_while_it_is_renewed(tmp_path: Path) -> None:
    page = Public(seconds=0.05)

    async def ask(client: Client) -> list[str]:
        numbers = [(await client.get("/")).text[:1]]
        await asyncio.sleep(1.1)
        numbers += [(await client.get("/")).text[:1] for _ in range(3)]
        await asyncio.sleep(0.2)
        return [*numbers, (await client.get("/")).text[:1]]

    assert run(outer(page, tmp_path), ask) == ["1", "1", "1", "1", "2"]
    assert page.made == 2


@pytest.mark.parametrize("control", ["private", "no-store", "public, max-age=9"])
def test_a_page_that_may_not_be_shared_never_is(tmp_path: Path, control: str) -> None:
    page = Public(control)

    async def ask(client: Client) -> set[bytes]:
        answers = await asyncio.gather(*(client.get("/") for _ in range(10)))
        return {answer.body for answer in answers}

    assert len(run(outer(page, tmp_path), ask)) == 10


def test_the_cache_has_a_bound(tmp_path: Path) -> None:
    app = outer(Public(), tmp_path)
    app.shared._bytes_max = 50_000

    async def ask(client: Client) -> None:
        for number in range(50):
            await client.get(f"/?q={number}")

    run(app, ask)

    assert 0 < app.shared._bytes <= 50_000
    assert sum(kept.size for kept in app.shared._kept.values()) == app.shared._bytes


def test_a_native_app_answers_outside_django(tmp_path: Path) -> None:
    async def native(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"native"})

    async def ask(client: Client) -> tuple[Answer, Answer]:
        return await client.get("/-/stream/sunny"), await client.get("/other")

    stream, other = run(outer(shown, tmp_path, native={"/-/stream/": native}), ask)

    assert stream.body == b"native"
    assert other.body != b"native"


def test_two_slow_pages_do_not_stop_the_health_answer(tmp_path: Path) -> None:
    def page(environ: Environ) -> HttpResponse:
        time.sleep(0.3)
        return HttpResponse("slow")

    async def ask(client: Client) -> float:
        slow = [asyncio.create_task(client.get("/")) for _ in range(4)]
        await asyncio.sleep(0.01)
        began = time.monotonic()
        await client.get("/-/health")
        spent = time.monotonic() - began
        await asyncio.gather(*slow)
        return spent

    assert run(outer(page, tmp_path), ask) < 0.25
