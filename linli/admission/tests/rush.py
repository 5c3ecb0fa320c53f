"""Two processes of eight people each at the same door: `python -m linli.admission.tests.rush answer.json`.

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

from linli.admission import actions  # noqa: E402
from linli.admission.codes import invitation_token, letter_code  # noqa: E402
from linli.admission.models import Application, Invitation, Letter  # noqa: E402
from linli.homes import actions as homes  # noqa: E402
from linli.homes.models import Occupancy, Title, Unit  # noqa: E402
from linli.homes.plans import Pattern  # noqa: E402
from linli.homes.reads import Scope  # noqa: E402
from linli.kernel.refusals import Refused  # noqa: E402
from linli.people.models import Member, Person  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import LATER, NOW  # noqa: E402

PROCESSES, THREADS, PLACES = 2, 8, 5
Act = Callable[[Person, int], object]


def rush(act: Act, people: list[int]) -> list[str]:
    """Everybody at once; answers “in”, the code of the refusal, or the error of each."""
    reading, writing = os.pipe()

    def one(place: int) -> None:
        try:
            act(Person.objects.get(pk=people[place]), place)
            told = "in"
        except Refused as refused:
            told = refused.refusal.code
        except Exception as error:  # noqa: BLE001  (told to the test)
            told = f"{type(error).__name__}: {error}"
        os.write(writing, f"{told}\n".encode())
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
    plan = Pattern(building_name="3号楼", floor_last=2, homes_per_floor=2).plan()
    homes.add_homes(by=cast.steward, plan=plan, now=NOW)
    unit = Unit.objects.select_related("entrance__building").order_by("pk")[0]
    people = [factories.person(f"邻居{i}").pk for i in range(PROCESSES * THREADS)]
    scope = Scope(cast.community.pk, unit_ids=(unit.pk,))
    actions.make_letters(by=cast.steward, scope=scope, kind="owner", days=90, now=NOW)
    code = letter_code(Letter.objects.get().nonce)
    invitation = actions.make_invitation(by=cast.steward, uses_max=PLACES, days=9, now=NOW)
    token = invitation_token(invitation.nonce)
    application = actions.apply(person=factories.person("申请人"), community=cast.community, name="申请人", now=NOW)

    def title(person: Person, place: int) -> None:
        homes.record_title(
            by=cast.steward, unit=unit, owner_name=person.name, share=(1, 5), since=NOW.date(), now=LATER
        )

    def approve(person: Person, place: int) -> None:
        actions.approve(by=cast.chen_jing if place % 2 else cast.steward, application=application, now=LATER)

    told = {
        "letter": rush(lambda who, _: actions.use_letter(person=who, code=code, name=who.name, now=LATER), people),
        "invitation": rush(
            lambda who, _: actions.use_invitation(person=who, token=token, name=who.name, now=LATER), people[::-1]
        ),
        "title": rush(title, people),
        "approve": rush(approve, people),
        "apply": rush(
            lambda who, _: actions.apply(person=who, community=cast.community, name=who.name, now=LATER),
            [factories.person("一人").pk] * len(people),
        ),
    }
    return told | {
        "occupancies": Occupancy.objects.count(),
        "uses": Invitation.objects.get().uses,
        "members": Member.objects.filter(person__in=people).count(),
        "titles": Title.objects.count(),
        "waiting": Application.objects.waiting().count(),
    }


if __name__ == "__main__":
    Path(sys.argv[-1]).write_text(json.dumps(answers()))
