import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.markdown import plain, render

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    "source, html",
    [
        ("一行\n两行", "<p>一行<br>\n两行</p>"),
        ("**粗** *斜* ~~删~~ `码`", "<p><strong>粗</strong> <em>斜</em> <s>删</s> <code>码</code></p>"),
        ("# 大\n## 中\n###### 小", "<h3>大</h3>\n<h4>中</h4>\n<h4>小</h4>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("3. 甲", '<ol start="3">\n<li>甲</li>\n</ol>'),
        ("> 引", "<blockquote>\n<p>引</p>\n</blockquote>"),
        ("[家](https://a.example/?a=1&b=2)", f'<p><a href="https://a.example/?a=1&amp;b=2" {REL}>家</a></p>'),
        ("<https://a.example>", f'<p><a href="https://a.example" {REL}>https://a.example</a></p>'),
        ("[打](tel:+8610)", f'<p><a href="tel:+8610" {REL}>打</a></p>'),
        ("看https://a.example/x吧", f'<p>看<a href="https://a.example/x" {REL}>https://a.example/x</a>吧</p>'),
        ("(https://a.example).", f'<p>(<a href="https://a.example" {REL}>https://a.example</a>).</p>'),
        (
            "https://a.example/a_(b), ok",
            f'<p><a href="https://a.example/a_(b)" {REL}>https://a.example/a_(b)</a>, ok</p>',
        ),
        ("https://a.example/?q=%E4%B8%AD&x=1", None),
        ("`https://a.example`", "<p><code>https://a.example</code></p>"),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
        ("![图](https://a.example/x.png)", None),
        ("", ""),
    ],
)
def test_what_residents_write_becomes_html(source, html):
    made = render(source).strip()

    assert "<img" not in made
    if html is not None:
        assert made == html


def test_an_address_inside_of_a_link_is_not_linked_again():
    made = render("[https://a.example/ **here**](https://b.example/)")

    assert made.count("<a ") == 1
    assert 'href="https://b.example/"' in made


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<input onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=https://evil.example/>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><script>alert(1)</script></textarea>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php alert(1) ?>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<p hx-get=/evil hx-trigger=load>x</p>",
    "<x-element data-x=1>x</x-element>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61&#x76ascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](  javascript:alert(1)  )",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://a.example/1)",
    "[x](intent://x#Intent;scheme=weixin;end)",
    "[x](//evil.example)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "[x](https://a.example\"onmouseover=\"alert(1))",
    "[x](https://a.example'onmouseover='alert(1))",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://a.example/x)',
    "[a]: javascript:alert(1)\n\n[a]",
    "[a]: <javascript:alert(1)> 'x'\n\n[x][a]",
    "```<script>alert(1)</script>\nx\n```",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/<script>alert(1)</script>",
    "javascript://a.example/%0Aalert(1)",
    "# <img src=x onerror=alert(1)>",
    "- <svg/onload=alert(1)>",
    "> <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "<a\nhref=\njavascript:alert(1)>x",
    "﹤script﹥alert(1)﹤/script﹥",
    "＜script＞alert(1)＜/script＞",
]  # fmt: skip

ALLOWED = {
    "a": {"href", "rel"},
    "ol": {"start"},
    **{tag: set() for tag in "p br em strong s ul li blockquote code pre h3 h4 hr".split()},
}


class Judge(HTMLParser):
    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        assert {name for name, _ in attrs} <= ALLOWED[tag], attrs
        for name, value in attrs:
            if name == "href":
                assert re.match(r"https?://|mailto:|tel:|/[^/]|/$|#", value or "", re.IGNORECASE), value

    def handle_comment(self, data):
        raise AssertionError(data)

    def handle_pi(self, data):
        raise AssertionError(data)

    def handle_decl(self, decl):
        raise AssertionError(decl)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_becomes_harmless(attack):
    Judge().feed(render(attack))
    Judge().feed(render(f"before {attack} after\n\n* {attack}\n> {attack}"))


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet="<>[]()`*_#!&;:/\\\"'\n -~=javscripthe\ue000\u202e0x1", max_size=80))
def test_nothing_that_can_be_typed_breaks_out(source):
    made = render(source)

    Judge().feed(made)
    assert "\ue000" not in made
    assert "\u202e" not in made


@pytest.mark.parametrize("hidden", ["&#xE000;", "&#57344;", "&#xe001;", "\ue000", "&#x202E;", "&#8238;", "&#x200b;"])
def test_slots_of_finished_cards_and_hidden_characters_never_come_out_of_entities(hidden):
    for source in (hidden, f"`{hidden}`", f"[{hidden}](https://a.example/{hidden} '{hidden}')", f"    {hidden}"):
        assert not re.search("[\ue000-\uf8ff\u202e\u200b]", render(source) + plain(source))


def test_links_stay_on_the_servers_own_ground_or_on_the_web():
    assert 'href="/c/sunny/"' in render("[x](/c/sunny/)")
    assert 'href="#part"' in render("[x](#part)")
    for address in ("javascript:x", "//evil.example", "evil", "?x=1", ".."):
        assert "href" not in render(f"[x]({address})")


def test_deep_nesting_neither_fails_nor_takes_long():
    for source in ("> " * 3000 + "x", "[" * 5000, "*" * 5000 + "a", "- " * 2000 + "x", "`" * 5000, "a**b" * 3000):
        render(source)


def test_plain_words():
    source = "# 标题\n\n**粗** 和 [链接](https://a.example)\n- 甲\n- 乙\n\n```\n码\n```\n5 < 6\n再来"

    assert plain(source) == "标题 粗 和 链接 甲 乙 码 5 < 6 再来"
