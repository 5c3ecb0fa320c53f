import io
import json

import pytest
import segno
import zxingcpp
from django.test import RequestFactory
from PIL import Image

from linli.look import views
from linli.look.errors import csrf_failure, not_found, server_error
from linli.look.headers import headers
from linli.look.qr import qr_svg


@pytest.fixture
def kept(settings, monkeypatch):
    """What the hook of the packages above was told."""
    told = []
    monkeypatch.setattr(views, "_keeper", lambda: lambda request, **chosen: told.append(chosen))
    return told


def switch(data, **more):
    return views.keep(RequestFactory().post("/look/", data, **more))


def test_a_switch_is_kept_in_a_cookie_and_on_the_person(kept):
    response = switch({"size": "elder", "next": "/c/sunny/?page=2"})

    assert (response.status_code, response.headers["Location"]) == (303, "/c/sunny/?page=2")
    assert response.cookies["linli_size"].value == "elder"
    assert response.cookies["linli_size"]["httponly"]
    assert kept == [{"size": "elder"}]


def test_a_choice_that_does_not_exist_changes_nothing(kept):
    response = switch({"size": "gigantic", "theme": "<script>"})

    assert response.status_code == 303
    assert not response.cookies
    assert kept == []


@pytest.mark.parametrize("way", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_elsewhere(kept, way):
    assert switch({"theme": "dark", "next": way}).headers["Location"] == "/"


@pytest.mark.parametrize(
    "sent", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_another_site_cannot_switch(kept, sent):
    response = switch({"size": "largest"}, headers=sent)

    assert response.status_code == 400
    assert not response.cookies
    assert kept == []


def test_a_get_cannot_switch():
    assert views.keep(RequestFactory().get("/look/?size=elder")).status_code == 405


def test_the_manifest_makes_linli_installable(ask):
    held = json.loads(views.manifest(ask()).content)

    assert held["start_url"] == "/"
    assert {icon["sizes"] for icon in held["icons"]} == {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in held["icons"])


def test_the_offline_page_tells_nobody_who_it_is_for(ask):
    text = views.offline(ask()).content.decode()

    assert "Sunny Gardens" not in text
    assert "/me/" not in text


def test_every_view_has_a_door():
    assert {view.door for view in (views.keep, views.manifest, views.offline)} == {"public"}


@pytest.mark.parametrize(
    "answer, status, words",
    [
        (lambda request: not_found(request, Exception()), 404, "Nobody lives at this address"),
        (server_error, 500, "Something broke on our side"),
        (csrf_failure, 403, "This page was open for too long"),
    ],
)
def test_errors_say_what_happened_and_where_to_go(ask, answer, status, words):
    response = answer(ask())

    assert response.status_code == status
    assert words in response.content.decode()


def test_an_error_page_shows_even_when_the_frame_is_what_fails(ask, settings):
    settings.LINLI_FRAME = "linli.look.tests.test_views.broken_frame"

    assert server_error(ask()).status_code == 500


def broken_frame(request):
    raise RuntimeError


def test_every_answer_forbids_what_a_page_does_not_need():
    response = headers(lambda request: views.HttpResponse())(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_qr_code_reads_back_what_went_in(tmp_path):
    text = "https://linli.example.org/u/ABCD-EFGH-JKLM"
    out = io.BytesIO()
    code = segno.make(text, error="h", boost_error=False, micro=False)
    code.save(out, kind="png", scale=6)

    assert zxingcpp.read_barcodes(Image.open(out))[0].text == text
    assert code.error == "H"
    assert 'aria-hidden="true"' in qr_svg(text)
    assert 'aria-label="Letter &amp; code"' in qr_svg(
        text, "Letter & code"
    ) or "<title>Letter &amp; code</title>" in qr_svg(text, "Letter & code")
