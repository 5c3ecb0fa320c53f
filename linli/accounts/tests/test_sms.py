"""The SMS gateway by HTTP, against a server of our own."""

import json
import threading
import urllib.error
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from linli.accounts.sms import ConsoleGateway, HttpGateway

Asked = list[tuple[str | None, dict[str, str]]]


@pytest.fixture
def provider() -> Iterator[tuple[str, Asked, list[int]]]:
    asked: Asked = []
    statuses = [200]

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.headers["Authorization"], json.loads(body)))
            self.send_response(statuses[0])
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/send", asked, statuses
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_text_goes_to_the_gateway_with_its_token(provider: tuple[str, Asked, list[int]]) -> None:
    url, asked, _ = provider

    HttpGateway(url, "t0ken").send("+8613800138000", "123456 是您的验证码")

    assert asked == [("Bearer t0ken", {"to": "+8613800138000", "text": "123456 是您的验证码"})]


def test_a_gateway_that_refuses_is_an_error_so_that_the_job_tries_again(provider: tuple[str, Asked, list[int]]) -> None:
    url, _, statuses = provider
    statuses[0] = 503

    with pytest.raises(urllib.error.HTTPError) as error:
        HttpGateway(url).send("+8613800138000", "x")

    error.value.close()


def test_the_console_shows_what_would_be_sent(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleGateway().send("+8613800138000", "123456")

    assert "SMS to +8613800138000: 123456" in capsys.readouterr().out
