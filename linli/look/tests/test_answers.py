from django.middleware.csrf import _does_token_match
from django.utils import translation

from linli.look.answers import answer, page, surroundings
from linli.look.csrf import token
from linli.look.jinja import engine
from linli.look.toasts import toast

PAGE, PART = "look/offline.html", "look/_toasts.html"


def answered(request, **more):
    return answer(request, page=PAGE, part=PART, context={"toasts": ()}, **more)


def test_a_page_comes_with_its_frame_in_its_language(ask):
    english = page(ask(), PAGE).content.decode()
    with translation.override("zh-hans"):
        chinese = page(ask(language="zh-hans"), PAGE).content.decode()

    assert '<html lang="en" data-size="standard" data-theme="light"' in english
    assert "Sunny Gardens" in english
    assert "There is no network just now" in english
    assert '<html lang="zh-Hans"' in chinese
    assert "现在没有网络" in chinese


def test_no_shared_cache_may_mix_pages(ask):
    response = page(ask(), PAGE)

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Vary"] == "Cookie, Accept-Language, HX-Request"


def test_a_strangers_page_may_be_shared_for_a_while(ask):
    stranger, member = ask(), ask()
    member.visit.person = object()

    assert "s-maxage=20" in page(stranger, PAGE, shared=20).headers["Cache-Control"]
    assert page(member, PAGE, shared=20).headers["Cache-Control"] == "private, no-cache"


def test_htmx_gets_the_part_alone(ask):
    response = answered(ask(method="post", HX_Request="true"), url="/there/")

    assert response.status_code == 200
    assert b"<!doctype" not in response.content


def test_going_back_in_history_gets_the_whole_page(ask):
    response = answered(ask(HX_Request="true", HX_History_Restore_Request="true"))

    assert b"<!doctype" in response.content


def test_a_plain_browser_is_sent_on_after_an_act(ask):
    response = answered(ask(method="post"), url="/there/")

    assert (response.status_code, response.headers["Location"]) == (303, "/there/")


def test_a_refused_act_shows_the_page_again(ask):
    response = answered(ask(method="post"), url="/there/", status=422)

    assert response.status_code == 422
    assert b"<!doctype" in response.content


def test_a_toast_stands_in_the_next_page_once(ask):
    request = ask()
    toast(request, "Saved <you>.")

    assert '<p class="toast toast-done">Saved &lt;you&gt;.</p>' in page(request, PAGE).content.decode()


def test_a_toast_travels_with_a_part(ask):
    request = ask(method="post", HX_Request="true")
    toast(request, "Saved.", "warn")

    text = answered(request).content.decode()

    assert 'data-hx-swap-oob="beforeend"' in text
    assert '<p class="toast toast-warn">Saved.</p>' in text


def test_reading_no_toasts_leaves_the_store_alone(ask):
    request = ask()
    page(request, PAGE)

    assert not request._messages.used


def test_django_accepts_our_token_and_each_page_has_another(ask):
    request = ask()
    tokens = {token(request) for _ in range(20)}

    assert len(tokens) == 20
    assert all(_does_token_match(one, "s" * 32) for one in tokens)
    assert not any(_does_token_match(one, "t" * 32) for one in tokens)


def test_a_page_without_a_secret_yet_is_given_one(ask):
    request = ask()
    del request.META["CSRF_COOKIE"]

    value = token(request)

    assert _does_token_match(value, request.META["CSRF_COOKIE"])


def test_a_stranger_gets_no_form_for_acts(ask):
    text = page(ask("/?bare=1"), PAGE).content.decode()

    assert 'id="acts"' not in text
    assert "csrfmiddlewaretoken" not in text
    assert 'id="look"' in text


def test_the_elder_view_has_its_switch_on_every_page(ask):
    standard = page(ask(), PAGE).content.decode()
    elder = page(ask(size="elder"), PAGE).content.decode()

    assert '<button class="tool tool-size" form="look" name="size" value="elder">' in standard
    assert '<button class="tool tool-size" form="look" name="size" value="standard">' in elder


def test_where_one_is_is_marked(ask):
    source = '{% extends "look/page.html" %}{% set here = "home" %}'
    text = engine().environment.from_string(source).render(surroundings(ask()))

    assert text.count('aria-current="page"') == 2  # once in the rail, once in the bottom bar
