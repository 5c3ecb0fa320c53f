import jinja2
import pytest
from django.utils import translation

from linli.look import jinja
from linli.look.jinja import environment, template_folders

ZH = environment(language="zh-hans")
EN = environment(language="en")


def render(env, source, **context):
    with translation.override(env.language):
        return env.from_string(source).render(**context)


def test_a_constant_word_is_translated_when_the_template_is_compiled(monkeypatch):
    template = ZH.from_string('{{ _("Elder view") }}')
    monkeypatch.setattr(translation, "gettext", lambda message: pytest.fail("asked again"))

    assert template.render() == "长辈版"
    assert EN.from_string("{{ 'Elder view' }}").render() == "Elder view"


def test_a_constant_word_is_escaped_when_the_template_is_compiled():
    assert render(EN, '{{ _("Salt & pepper") }}') == "Salt &amp; pepper"
    assert "&amp;" in EN.compile('{{ _("Salt & pepper") }}', raw=True)


def test_places_are_filled_and_escaped():
    out = render(EN, '{{ _("<b> %(name)s joined", name=who) }}', who="<script>")

    assert out == "&lt;b&gt; &lt;script&gt; joined"


def test_places_stand_where_the_translation_wants_them():
    assert render(ZH, '{{ _("You act for %(name)s", name="孙大爷") }}') == "您正在替 孙大爷 办事"


def test_a_constant_word_can_be_an_argument():
    assert render(ZH, '{% macro m(w) %}[{{ w }}]{% endmacro %}{{ m(_("Elder view")) }}') == "[长辈版]"


def test_a_word_known_only_at_run_time_is_translated_then():
    assert render(ZH, "{{ _(word) }}", word="Elder view") == "长辈版"


def test_plurals_follow_the_language():
    source = '{{ ngettext("%(num)s <home>", "%(num)s <homes>", n) }}'

    assert [render(EN, source, n=n) for n in (1, 2)] == ["1 &lt;home&gt;", "2 &lt;homes&gt;"]


def test_what_people_write_is_escaped():
    assert render(EN, "{{ text }}", text="<img onerror=x>") == "&lt;img onerror=x&gt;"


def test_htmx_attributes_are_written_as_valid_html():
    out = render(EN, '<a hx-get="/x" hx-on-words="no" href="/hx-get=1">hx-get</a>{{ "hx-" }}')

    assert out == '<a data-hx-get="/x" data-hx-on-words="no" href="/hx-get=1">hx-get</a>hx-'


def test_a_missing_name_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        render(EN, "{{ nobody }}")


def test_icons_are_drawn_when_the_template_is_compiled(monkeypatch):
    template = EN.from_string('{{ icon("house") }}')
    monkeypatch.setitem(EN.globals, "icon", lambda name: pytest.fail("asked again"))

    assert template.render().startswith(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
    )


def test_an_icon_without_words_says_its_label():
    assert 'role="img" aria-label="Home &lt;3"' in render(EN, '{{ icon("house", "Home <3") }}')


def test_a_wrong_icon_fails_when_the_template_is_compiled():
    with pytest.raises(Exception, match="no-such-icon"):
        EN.from_string('{{ icon("no-such-icon") }}')


def test_an_address_is_worked_out_once():
    jinja._address.cache_clear()
    render(EN, '{{ url("look:keep") }}{{ url("look:keep") }}')

    assert jinja._address.cache_info().misses == 1


@pytest.mark.parametrize("env", [ZH, EN], ids=["zh-hans", "en"])
def test_every_template_compiles(env):
    for folder in template_folders():
        for path in folder.rglob("*.*"):
            env.get_template(str(path.relative_to(folder)))


def test_the_engine_takes_the_environment_of_the_active_language():
    with translation.override("zh-hans"):
        assert jinja.engine().environment.language == "zh-hans"
    with translation.override("en"):
        assert jinja.engine().environment.language == "en"
