"""A server of sample pages for whoever works on the face: every part, every size. Never part of a running Linli."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone, translation

from linli.look.answers import surroundings
from linli.look.forms import LinliForm, PicturesInput
from linli.look.frame import AddItem, Frame, Me, NavItem, Phone
from linli.look.jinja import engine
from linli.look.skyline import Building, Skyline, small

PAGES = Path(__file__).parent / "pages"
TOWN = Skyline(
    tuple(
        Building(f"{n}", floors, columns)
        for n, floors, columns in ((1, 6, 4), (2, 6, 4), (3, 11, 2), (4, 11, 3), (5, 6, 4), (6, 5, 3))
    ),
    lit=47,
    seed=7,
)


def visits(get_response):
    def middleware(request):
        cookies = request.COOKIES
        request.visit = SimpleNamespace(
            language=request.GET.get("language") or cookies.get("linli_language", "zh-hans"),
            theme=request.GET.get("theme") or cookies.get("linli_theme", "light"),
            size=request.GET.get("size") or cookies.get("linli_size", "standard"),
            person=None,
        )
        translation.activate(request.visit.language)
        return get_response(request)

    return middleware


def frame_for(request: HttpRequest) -> Frame:
    visit = request.visit
    zh = visit.language == "zh-hans"
    say = lambda chinese, english: chinese if zh else english  # noqa: E731
    if "bare" in request.GET:
        return Frame(language=visit.language, theme=visit.theme, size=visit.size, log_in="/account/login/")
    return Frame(
        language=visit.language,
        theme=visit.theme,
        size=visit.size,
        community=say("阳光花园", "Sunny Gardens"),
        slug="sunny",
        home="/",
        skyline=small(TOWN),
        help="/help/",
        items=(
            NavItem(key="home", label=say("首页", "Home"), url="/", icon="house", primary=True),
            NavItem(
                key="notices",
                label=say("公告", "Notices"),
                url="/parts/",
                icon="megaphone",
                section=say("读一读", "Read"),
                count=2,
            ),
            NavItem(
                key="services",
                label=say("办事", "Services"),
                url="/form/",
                icon="layout-grid",
                primary=True,
                section=say("读一读", "Read"),
            ),
            NavItem(
                key="people",
                label=say("邻居", "Neighbours"),
                url="/empty/",
                icon="users-round",
                section=say("一起办", "Together"),
            ),
            NavItem(
                key="phones",
                label=say("电话", "Telephone"),
                url="/paper/",
                icon="phone",
                section=say("一起办", "Together"),
            ),
            NavItem(
                key="helping",
                label=say("代办", "Helper mode"),
                url="/elder/",
                icon="hand-helping",
                section=say("一起办", "Together"),
            ),
            NavItem(
                key="me",
                label=say("我的", "Me"),
                url="/skylines/",
                icon="user-round",
                primary=True,
                section=say("一起办", "Together"),
            ),
            NavItem(
                key="steward",
                label=say("管理", "Looking after"),
                url="/table/",
                icon="key-round",
                section=say("管理", "Look after"),
            ),
        ),
        add_items=(
            AddItem(
                label=say("写给邻居", "Write to the board"),
                url="/form/",
                icon="pencil-line",
                hint=say("一句话、一个问题、几张照片", "A word, a question, a few pictures"),
            ),
            AddItem(
                label=say("发公告", "Notice"),
                url="/form/",
                icon="megaphone",
                hint=say("给全体住户或一部分", "To all homes, or to some"),
            ),
            AddItem(
                label=say("邀请", "Invite"),
                url="/form/",
                icon="user-round-plus",
                hint=say("入户信或链接", "Letters for homes, or a link"),
            ),
        ),
        me=Me(name="李梅", url="/me/"),
        phones=(
            Phone(label=say("物业值班", "Property office"), number="021-5555 0199"),
            Phone(label=say("居委会", "Committee"), number="021-5555 0123"),
        ),
    )


class PostForm(LinliForm):
    title = forms.CharField(label="标题", max_length=80, help_text="一句话说清楚。", required=True)
    text = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 5}))
    reach = forms.ChoiceField(
        label="谁能看到", widget=forms.RadioSelect, choices=[("all", "整个小区"), ("3", "只有3号楼")], initial="all"
    )
    kinds = forms.MultipleChoiceField(
        label="分类",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "停车"), ("b", "宠物"), ("c", "环境")],
        required=False,
    )
    building = forms.ChoiceField(label="楼", choices=[("", "—"), ("1", "1号楼"), ("2", "2号楼")], required=False)
    until = forms.DateField(label="到期", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    pictures = forms.FileField(
        label="照片", widget=PicturesInput(), required=False, help_text="最多九张,位置信息会自动去掉。"
    )
    agree = forms.BooleanField(label="我同意邻里公约", help_text="2026年3月版")


def show(name: str):
    def view(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        form = PostForm({"title": "", "text": "路灯坏了"} if "wrong" in request.GET else None, initial={})
        context = {
            "town": TOWN,
            "villages": [
                Skyline(kind=kind, lit=9, of=30, seed=3) for kind in ("product", "interest", "brand", "knowledge")
            ],
            "tall": Skyline(
                tuple(
                    Building(str(n), f, c) for n, f, c in ((1, 33, 4), (2, 28, 4), (3, 33, 6), (4, 18, 4), (5, 24, 3))
                ),
                lit=400,
                seed=4,
            ),
            "one": Skyline((Building("1", 3, 3),), lit=4, seed=2),
            "big": Skyline(tuple(Building(str(n), 20, 6) for n in range(6)), lit=360, seed=9),
            "many": Skyline(tuple(Building(str(n), 6, 4) for n in range(30)), lit=80, seed=9),
            "form": form,
            "refusal": None,
            "ago": lambda minutes: now - timedelta(minutes=minutes),
            "pictures": lambda n: [
                SimpleNamespace(url="/static/look/icons/linli-512.png", alt="", width=512, height=512, full="#")
                for _ in range(n)
            ],
        }
        text = (PAGES / f"{name}.html").read_text("utf-8")
        template = engine().environment.from_string(text)
        return HttpResponse(template.render(surroundings(request), **context))

    return view


def static_file(request: HttpRequest, name: str) -> HttpResponse:
    from django.contrib.staticfiles.views import serve

    return serve(request, unquote(name), insecure=True)


urlpatterns = [
    path("", include("linli.look.urls")),
    path("static/<path:name>", static_file),
    path("", show("feed")),
    *[path(f"{file.stem}/", show(file.stem)) for file in sorted(PAGES.glob("*.html"))],
]
