"""A server of sample pages for whoever works on the face: every part, every size. Never part of a running Linli."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.contrib.staticfiles.views import serve
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone, translation

from linli.look.answers import surroundings
from linli.look.forms import LinliForm, PicturesInput
from linli.look.frame import AddItem, Frame, Me, NavItem, Phone
from linli.look.jinja import engine
from linli.look.skyline import Building, Skyline, small

PAGES = Path(__file__).parent / "pages"


def town(sizes, **kept):
    return Skyline(tuple(Building(str(i), floors, columns) for i, (floors, columns) in enumerate(sizes)), **kept)


TOWN = town(((6, 4), (6, 4), (11, 2), (11, 3), (6, 4), (5, 3)), lit=47, seed=7)
TOWNS = (
    TOWN,
    town(((3, 3),), lit=4, seed=2),
    town(((33, 4), (28, 4), (33, 6), (18, 4), (24, 3)), lit=400, seed=4),
    town(((20, 6),) * 6, lit=360, seed=9),
    town(((6, 4),) * 30, lit=80, seed=9),
    *(Skyline(kind=kind, lit=9, of=30, seed=3) for kind in ("product", "interest", "brand", "knowledge")),
)
# key, Chinese, English, address, icon, in the bottom bar, heading
WAYS = (
    ("home", "首页", "Home", "/", "house", True, None),
    ("notices", "公告", "Notices", "/parts/", "megaphone", False, ("读一读", "Read")),
    ("services", "办事", "Services", "/form/", "layout-grid", True, ("读一读", "Read")),
    ("people", "邻居", "Neighbours", "/empty/", "users-round", False, ("一起办", "Together")),
    ("phones", "电话", "Telephone numbers", "/paper/", "phone", False, ("一起办", "Together")),
    ("helping", "代办", "Helper mode", "/elder/", "hand-helping", False, ("一起办", "Together")),
    ("me", "我的", "Me", "/skylines/", "user-round", True, ("一起办", "Together")),
    ("steward", "管理", "Looking after", "/table/", "key-round", False, ("管理", "Look after")),
)
TILES = (
    (
        "写给邻居",
        "Write to the board",
        "pencil-line",
        "一句话、一个问题、几张照片",
        "A word, a question, a few pictures",
    ),
    ("发公告", "Notice", "megaphone", "给全体住户或一部分", "To all homes, or to some"),
    ("邀请", "Invite", "user-round-plus", "入户信或链接", "Letters for homes, or a link"),
)


def visits(get_response):
    def middleware(request):
        asked = lambda name, default: request.GET.get(name) or request.COOKIES.get(f"linli_{name}", default)  # noqa: E731
        request.visit = SimpleNamespace(
            language=asked("language", "zh-hans"),
            theme=asked("theme", "light"),
            size=asked("size", "standard"),
            person=None,
        )
        translation.activate(request.visit.language)
        return get_response(request)

    return middleware


def frame_for(request: HttpRequest) -> Frame:
    look = {name: getattr(request.visit, name) for name in ("language", "theme", "size")}
    n = 0 if look["language"] == "zh-hans" else 1
    if "bare" in request.GET:
        return Frame(**look, log_in="/account/login/")
    items = tuple(
        NavItem(
            key=key, label=(zh, en)[n], url=url, icon=icon, primary=first, section=head[n] if head else "",
            count=2 if key == "notices" else 0,
        )
        for key, zh, en, url, icon, first, head in WAYS
    )  # fmt: skip
    return Frame(
        **look,
        accent=request.GET.get("accent", "brick"),
        community=("阳光花园", "Sunny Gardens")[n],
        slug="sunny",
        skyline=small(TOWN),
        help="/help/",
        items=items,
        add_items=tuple(
            AddItem(label=(zh, en)[n], url="/form/", icon=icon, hint=(zh2, en2)[n]) for zh, en, icon, zh2, en2 in TILES
        ),
        me=Me(name="李梅", url="/me/", acting_for="孙大爷" if "acting" in request.GET else "", acting_end="/x/"),
        phones=(
            Phone(label=("物业值班", "Property office")[n], number="021-5555 0199"),
            Phone(label=("居委会", "Committee")[n], number="021-5555 0123"),
        ),
    )


class PostForm(LinliForm):
    title = forms.CharField(label="标题", max_length=80, help_text="一句话说清楚。")
    text = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 5}))
    reach = forms.ChoiceField(
        label="谁能看到", widget=forms.RadioSelect, choices=[("all", "整个小区"), ("3", "只有3号楼")], initial="all"
    )
    kinds = forms.MultipleChoiceField(
        label="分类", widget=forms.CheckboxSelectMultiple, choices=[("a", "停车"), ("b", "宠物")], required=False
    )
    building = forms.ChoiceField(label="楼", choices=[("", "请选择"), ("1", "1号楼")], required=False)
    until = forms.DateField(label="到期", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    pictures = forms.FileField(
        label="照片", widget=PicturesInput(), required=False, help_text="最多九张，位置会自动去掉。"
    )
    agree = forms.BooleanField(label="我同意邻里公约", help_text="2026年3月版")


def picture(_number: int) -> SimpleNamespace:
    return SimpleNamespace(url="/static/look/icons/mask-512.png", alt="", width=512, height=512, full="#")


def show(name: str):
    def view(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        context = {
            "town": TOWN,
            "towns": TOWNS,
            "form": PostForm({"title": "", "text": "路灯坏了"} if "wrong" in request.GET else None),
            "refusal": None,
            "ago": lambda minutes: now - timedelta(minutes=minutes),
            "pictures": lambda n: [picture(i) for i in range(n)],
        }
        template = engine().environment.from_string((PAGES / f"{name}.html").read_text("utf-8"))
        return HttpResponse(template.render(surroundings(request), **context))

    return view


urlpatterns = [
    path("", include("linli.look.urls")),
    path("static/<path:path>", serve, {"insecure": True}),
    path("", show("feed")),
    *[path(f"{file.stem}/", show(file.stem)) for file in sorted(PAGES.glob("*.html"))],
]
