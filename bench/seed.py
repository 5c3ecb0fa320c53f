"""Fills a database with one large community: run as `python -m bench.seed MEMBERS ENTRIES COMMENTS` with LINLI_… set."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from linli.entries import actions as entries  # noqa: E402
from linli.entries.models import Entry, Reach  # noqa: E402
from linli.people.actions.communities import found  # noqa: E402
from linli.people.models import Member, Person, Session  # noqa: E402
from linli.people.roles import Role  # noqa: E402
from linli.people.sessions import SessionStore  # noqa: E402
from linli.talk import actions as talk  # noqa: E402
from linli.talk.models import Comment, Like  # noqa: E402
from linli.talk.topics import topic_of  # noqa: E402

SESSIONS = 500
PATTERNS = 200
BATCH = 2000
WORDS = "楼下 停车 花园 电梯 快递 邻居 孩子 老人 周末 物业 公告 维修 散步 猫 晚霞 图书 雨天 钥匙 水管 门禁".split()


def text(chance: Random, words: int) -> str:
    return "，".join("".join(chance.choices(WORDS, k=4)) for _ in range(words // 4)) + "。"


def main(members: int, entry_count: int, comment_count: int) -> None:
    call_command("migrate", verbosity=0)
    chance = Random(7)  # noqa: S311
    now = timezone.now()
    founder = Person.objects.create(
        number="00000001", name="Bench", registered_at=now, language="zh-hans", password="!"
    )
    steward = found(
        by=founder,
        member_name="Bench",
        name="阳光花园",
        slug="bench",
        kind="residential",
        language="zh-hans",
        time_zone="Asia/Shanghai",
        is_public=True,
        now=now,
    )
    community = steward.community
    today = timezone.localtime(now).toordinal()
    Person.objects.bulk_create(
        (
            Person(number=f"1{i:07}", name=f"邻居{i}", registered_at=now, language="zh-hans", password=f"!{i}")
            for i in range(members)
        ),
        batch_size=BATCH,
    )
    people = list(Person.objects.filter(number__startswith="1").order_by("id"))
    Member.objects.bulk_create(
        (
            Member(
                community=community,
                person=p,
                name=p.name,
                roles=Role.RESIDENT,
                joined_at=now,
                seen_day=today,
                agreed_version=community.agreement_version,
            )
            for p in people
        ),
        batch_size=BATCH,
    )
    rows = list(Member.objects.filter(community=community).exclude(pk=steward.pk).select_related("community", "person"))
    _entries(rows, entry_count, comment_count, chance)
    _small(founder, rows)
    sessions = [_session(member.person) for member in rows[:SESSIONS] if member.person]
    connection.cursor().execute("ANALYZE")
    hot = Entry.objects.filter(community=community).order_by("-id").first()
    assert hot
    json.dump(
        {
            "sessions": sessions,
            "members": [row.pk for row in rows[:SESSIONS]],
            "community": community.pk,
            "entry": hot.pk,
            "entries": Entry.objects.filter(community=community).count(),
        },
        sys.stdout,
    )


def _entries(rows: list[Member], entry_count: int, comment_count: int, chance: Random) -> None:
    """A few hundred are posted by the action; the others repeat their finished cards under new numbers."""
    now = timezone.now()
    patterns = []
    for i in range(PATTERNS):
        entry = entries.post(
            by=rows[i],
            title=text(chance, 8)[:20] if i % 3 == 0 else "",
            body=text(chance, chance.randint(12, 60)),
            reach=Reach.PUBLIC,
            language="zh-hans",
            key=f"seed-{i}",
            now=now,
        )
        patterns.append(Entry.objects.get(pk=entry.pk))
    first = max(entry.pk for entry in patterns) + 1
    Entry.objects.bulk_create(_copies(patterns, rows, first, entry_count - PATTERNS, chance), batch_size=BATCH)
    _reset_sequence("entries_entry")
    newest = first + entry_count - PATTERNS - 1
    samples = []
    for i in range(40):
        comment = talk.comment(
            by=rows[i],
            on=topic_of(Entry.objects.select_related("community").get(pk=newest), rows[i]),
            body=text(chance, 16),
            key=f"seed-{i}",
            now=now,
        )
        samples.append(Comment.objects.get(pk=comment.pk))
    # The newest twenty have fifty comments each, as a lively page has.
    targets = [newest - i for i in range(20) for _ in range(50)]
    targets += [chance.randint(first, newest) for _ in range(max(0, comment_count - len(targets)))]
    Comment.objects.bulk_create(
        (
            Comment(
                entry_id=target,
                author=rows[i % len(rows)],
                body=samples[i % 40].body,
                at=now,
                key=f"copy-{i}",
                card_zh_hans=samples[i % 40].card_zh_hans,
                card_en=samples[i % 40].card_en,
            )
            for i, target in enumerate(targets)
        ),
        batch_size=BATCH,
    )
    Entry.objects.filter(pk__gt=newest - 20).update(comments=50)
    Like.objects.bulk_create(
        (Like(member=rows[i], entry_id=newest - i % 20, at=now) for i in range(min(2000, len(rows)))), batch_size=BATCH
    )


def _copies(patterns: list[Entry], rows: list[Member], first: int, count: int, chance: Random) -> Iterator[Entry]:
    now = timezone.now()
    for i in range(count):
        model = patterns[i % len(patterns)]
        pk, old = first + i, f"/entries/{model.pk}/"
        yield Entry(
            id=pk,
            community_id=model.community_id,
            kind=model.kind,
            author=rows[i % len(rows)],
            reach=model.reach,
            title=model.title,
            body=model.body,
            body_html=model.body_html,
            language=model.language,
            at=now - timedelta(minutes=count - i),
            likes=chance.randint(0, 9),
            comments=chance.randint(0, 9),
            key=f"copy-{i}",
            card_zh_hans=model.card_zh_hans.replace(old, f"/entries/{pk}/"),
            card_en=model.card_en.replace(old, f"/entries/{pk}/"),
        )


def _small(founder: Person, rows: list[Member]) -> None:
    """A second community with ten entries: its pages must take as many statements as the large one's."""
    small = found(
        by=founder,
        member_name="Bench",
        name="小园",
        slug="small",
        kind="residential",
        language="zh-hans",
        time_zone="Asia/Shanghai",
        is_public=True,
        now=timezone.now(),
    )
    person = rows[0].person
    here = Member.objects.create(
        community=small.community,
        person=person,
        name="邻居",
        joined_at=timezone.now(),
        agreed_version=small.community.agreement_version,
    )
    for i in range(10):
        entries.post(by=here, body=f"第 {i} 条。", reach=Reach.PUBLIC, key=f"small-{i}", now=timezone.now())


def _session(person: Person) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    assert Session.objects.filter(session_key=store.session_key, person=person).exists()
    return str(store.session_key)


def _reset_sequence(table: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:4]))
