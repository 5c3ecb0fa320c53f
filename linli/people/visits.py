"""Who is visiting, which community, and how they like their pages: one statement per request.

The statement joins session, person, community and member by hand, because the ORM's way costs
more than the rest of a page (docs/decisions/0003-one-statement-per-visit.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare

from linli.people.models import Community, Language, Member, Person, Size, Theme
from linli.people.sessions import SessionStore

LANGUAGE_COOKIE = "linli_language"
THEME_COOKIE = "linli_theme"
SIZE_COOKIE = "linli_size"
ACTING_KEY = "acting"  # session key: {community id: mandate id}
LOOK_COOKIES = (LANGUAGE_COOKIE, THEME_COOKIE, SIZE_COOKIE)

# A session is good for this long at least after each visit; see _signed_in.
_KEPT = timedelta(seconds=settings.SESSION_COOKIE_AGE) - timedelta(hours=12)

_COMMUNITY_PATH = re.compile(r"/c/([-a-zA-Z0-9_]{1,40})/")


@dataclass(slots=True)
class Visit:
    """What every page may know of the visitor; `member` is the one acted for when a helper acts."""

    language: str
    theme: str
    size: str
    person: Person | None = None
    community: Community | None = None
    member: Member | None = None

    @property
    def helper(self) -> Member | None:
        return self.member.helper if self.member else None


# Packages above this one say here how a session's mandate becomes the member acted for, and what a helper is
# told whose mandate has ended: the request must fail, for it would otherwise be done in the helper's own name.
Resolver = Callable[[Member, int], Member | None]
Ended = Callable[[HttpRequest], HttpResponse]
_acting: list[tuple[Resolver, Ended]] = []


def resolve_acting_with(resolver: Resolver, ended: Ended) -> None:
    """Register helper mode: (helper's member, mandate id) → the member acted for, or None; and what follows None."""
    _acting[:] = [(resolver, ended)]


M = TypeVar("M", bound=models.Model)


class Columns(Generic[M]):
    """The hot columns of a model, in its own order, and how to make an instance of them."""

    def __init__(self, model: type[M], alias: str, names: str) -> None:
        wanted = set(names.split())
        self.model = model
        self.names = [f.attname for f in model._meta.concrete_fields if f.attname in wanted]
        self.sql = ", ".join(f"{alias}.{name}" for name in self.names)
        self.booleans = [
            i for i, name in enumerate(self.names) if isinstance(model._meta.get_field(name), models.BooleanField)
        ]

    def instance(self, values: Sequence[Any]) -> M | None:
        """The other columns stay deferred; None where the join found nothing."""
        if values[0] is None:
            return None
        row = list(values)
        for i in self.booleans:
            row[i] = bool(row[i])
        return self.model.from_db("default", self.names, row)


@dataclass(frozen=True)
class Statements:
    session: str
    stranger: str
    person: Columns[Person]
    community: Columns[Community]
    member: Columns[Member]


@cache
def _statements() -> Statements:
    person = Columns(Person, "p", "id number name password is_active is_operator language theme size")
    community = Columns(
        Community,
        "c",
        "id slug name kind language time_zone colour picture is_public talk_roles notice_roles agreement_version"
        " revision",
    )
    member = Columns(
        Member, "m", "id community_id person_id name roles portrait agreed_version seen_day home_shown read_to"
    )
    # Names of our own tables and columns, no outside text: nothing to inject.
    return Statements(
        session=f"""SELECT s.session_data, s.device, s.created_at, s.expire_date < %s,
                {person.sql}, {community.sql}, {member.sql}
            FROM people_session s
            JOIN people_person p ON p.id = s.person_id
            LEFT JOIN people_community c ON c.slug = %s
            LEFT JOIN people_member m ON m.community_id = c.id AND m.person_id = p.id AND m.left_at IS NULL
            WHERE s.session_key = %s AND s.expire_date > %s""",  # noqa: S608
        stranger=f"SELECT {community.sql} FROM people_community c WHERE c.slug = %s",  # noqa: S608
        person=person,
        community=community,
        member=member,
    )


def _row(sql: str, arguments: tuple[Any, ...]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cast("tuple[Any, ...] | None", cursor.fetchone())


def _moment(value: datetime | str) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    # SQLite keeps UTC without saying so.
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class VisitMiddleware(SessionMiddleware):
    """Reads session, person, community and member at once; replaces Django's session, user and locale ones."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:  # type: ignore[override]
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        found = _COMMUNITY_PATH.match(request.path_info)
        slug = found[1] if found else ""
        store = SessionStore(key)
        store.device = device_name(request.META.get("HTTP_USER_AGENT", ""))
        request.session = store
        visit = Visit(language="", theme="", size="")
        if key:
            self._signed_in(visit, store, key, slug)
        if slug and visit.person is None:
            sql = _statements().stranger
            if row := _row(sql, (slug,)):
                visit.community = _statements().community.instance(row)
        is_ended = bool(visit.person and visit.community) and not self._act_for(visit, store.get(ACTING_KEY))
        request.user = visit.person or AnonymousUser()
        request.visit = visit
        self._look(request, visit)
        translation.activate(visit.language)
        if visit.community:
            timezone.activate(ZoneInfo(visit.community.time_zone))
        else:
            timezone.deactivate()
        return _acting[0][1](request) if is_ended else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", request.visit.language)
        return super().process_response(request, response)

    @staticmethod
    def _signed_in(visit: Visit, store: SessionStore, key: str, slug: str) -> None:
        statements = _statements()
        now = timezone.now()
        adapt = connection.ops.adapt_datetimefield_value
        row = _row(statements.session, (adapt(now + _KEPT), slug, key, adapt(now)))
        if row is None:
            return
        data = dict(_decoded(row[0]))
        p = 4 + len(statements.person.names)
        c = p + len(statements.community.names)
        person = statements.person.instance(row[4:p])
        if person is None or not _is_valid(data, person):
            store.preload({}, row[1], _moment(row[2]))
            return
        store.preload(data, row[1], _moment(row[2]))
        # Twice a day a visit writes when it was here and begins the session's time anew, so that nobody who comes
        # regularly is ever logged out.
        store.modified = bool(row[3])
        visit.person = person
        visit.community = statements.community.instance(row[p:c])
        visit.member = member = statements.member.instance(row[c:])
        if member and visit.community:
            member.community = visit.community
            member.person = person

    @staticmethod
    def _act_for(visit: Visit, mandates: dict[str, int] | None) -> bool:
        """Whether the visit is as its session says: for oneself, or for the member whose mandate still holds."""
        assert visit.community
        mandate = (mandates or {}).get(str(visit.community.pk))
        if mandate is None or not _acting:
            return True
        found = _acting[0][0](visit.member, mandate) if visit.member else None
        visit.member = found or visit.member
        return found is not None

    @staticmethod
    def _look(request: HttpRequest, visit: Visit) -> None:
        cookies, person = request.COOKIES, visit.person
        if person:
            visit.language, visit.theme, visit.size = person.language, person.theme, person.size
        else:
            visit.theme = _one_of(Theme, cookies.get(THEME_COOKIE)) or Theme.AUTO.value
            visit.size = _one_of(Size, cookies.get(SIZE_COOKIE)) or Size.STANDARD.value
        visit.language = (
            visit.language
            or _one_of(Language, cookies.get(LANGUAGE_COOKIE))
            or accepted_language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
            or (visit.community.language if visit.community else settings.LANGUAGE_CODE)
        )


def _is_valid(data: dict[str, Any], person: Person) -> bool:
    """The session belongs to this person and to the present password (a change ends the others)."""
    if not person.is_active or data.get(SESSION_KEY) != str(person.pk):
        return False
    return constant_time_compare(data.get(HASH_SESSION_KEY, ""), _hash_of(person.password))


@lru_cache(maxsize=4096)
def _decoded(signed: str) -> dict[str, Any]:
    """The content of a session's row, a pure function of it; whoever changes the session writes another row."""
    return SessionStore().decode(signed)


@lru_cache(maxsize=4096)
def _hash_of(password: str) -> str:
    return Person(password=password).get_session_auth_hash()


def _one_of(choices: type[models.TextChoices], value: str | None) -> str:
    return value if value in choices.values else ""


@lru_cache(maxsize=1024)
def accepted_language(header: str) -> str:
    """The first language of ours that the browser names, in its order of preference (RFC 9110 12.5.4)."""
    weighted = []
    for position, part in enumerate(header.lower().split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), position, tag))
        except ValueError:
            continue
    for negated, _position, tag in sorted(weighted):
        if negated < 0 and tag.startswith("zh"):
            return Language.CHINESE.value
        if negated < 0 and tag.startswith("en"):
            return Language.ENGLISH.value
    return ""


_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("HuaweiBrowser", "Huawei"), ("MiuiBrowser", "Xiaomi"),
    ("QQBrowser", "QQ"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_DEVICES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def device_name(agent: str) -> str:
    """“Chrome · Android”: enough to recognise one's own device in a list."""
    names = [next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _DEVICES)]
    return " · ".join(filter(None, names))
