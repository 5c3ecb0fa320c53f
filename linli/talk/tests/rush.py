"""Two processes of eight people each press at the same moment: `python -m linli.talk.tests.rush answer.json`.

Run by test_rush.py with a database of its own.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

django.setup(set_prefix=False)

from linli.entries.models import Entry  # noqa: E402
from linli.kernel.models import RecordedFact  # noqa: E402
from linli.people.models import Member  # noqa: E402
from linli.talk import actions  # noqa: E402
from linli.talk.models import Comment, Like  # noqa: E402
from linli.talk.topics import topic_of  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import NOW  # noqa: E402

PROCESSES, THREADS = 2, 8


def rush(act: Callable[[int], object]) -> list[str]:
    """Everybody at once; answers the errors."""
    reading, writing = os.pipe()

    def one(place: int) -> None:
        try:
            act(place)
        except Exception as error:  # noqa: BLE001
            os.write(writing, f"{type(error).__name__}: {error}\n".encode())
        connection.close()

    connection.close()
    children = []
    for process in range(PROCESSES):
        pid = os.fork()
        if not pid:
            threads = [threading.Thread(target=one, args=(process * THREADS + i,)) for i in range(THREADS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    os.close(writing)
    with os.fdopen(reading) as told:
        return sorted(line.strip() for line in told)


def answers() -> dict[str, object]:
    call_command("migrate", verbosity=0)
    cast = factories.sunny()
    on = factories.entry(cast.li_mei)
    # Eight people, each in both processes: sixteen presses, eight wishes.
    people = [person.pk for person in factories.members(cast.community, THREADS)]

    def by(place: int) -> Member:
        return Member.objects.select_related("community").get(pk=people[place % THREADS])

    def told() -> dict[str, object]:
        row = Entry.objects.get(pk=on.pk)
        facts = {
            kind: RecordedFact.objects.filter(kind=f"talk.{kind}").count() for kind in ("Commented", "Liked", "Unliked")
        }
        return {
            "likes": row.likes,
            "comments": row.comments,
            "like rows": Like.objects.count(),
            "comment rows": Comment.objects.count(),
            **facts,
        }

    found: dict[str, object] = {}
    errors = rush(lambda n: actions.like(by=by(n), entry_id=on.pk, is_on=True, now=NOW))
    errors += rush(lambda n: actions.comment(by=by(n), on=topic_of(on, by(n)), body="看见了", key="same", now=NOW))
    found["pressed"] = told()
    errors += rush(lambda n: actions.like(by=by(n), entry_id=on.pk, is_on=False, now=NOW))
    found["released"] = told()
    return found | {"errors": errors}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(answers()))
