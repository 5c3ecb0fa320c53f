"""python -m tests.kill [--kills 100] [--short] [--postgres postgres://…] [--only-postgres] [--port 8120]"""

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from linli.site.tests.sites import Place, a_database
from tests.kill.neighbours import Ledger, Neighbour
from tests.kill.site import Site

NEIGHBOURS = 8


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.kill", description="Kill Linli again and again while people post.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--short", action="store_true", help="8 kills")
    parser.add_argument("--postgres", metavar="URL", help="also on this server")
    parser.add_argument("--only-postgres", action="store_true")
    parser.add_argument("--port", type=int, default=8120)
    given = parser.parse_args()
    kills = 8 if given.short else given.kills
    servers = ([] if given.only_postgres else [None]) + ([given.postgres] if given.postgres else [])
    return max(_run(server, kills, given.port) for server in servers)


def _run(server: str | None, kills: int, port: int) -> int:
    name = "PostgreSQL" if server else "SQLite"
    with tempfile.TemporaryDirectory(prefix="linli-kill-") as folder, a_database(server) as database:
        site = Site(Place(Path(folder) / "data", database), port)
        try:
            found, ledger, starts = torment(site, kills)
        finally:
            site.stop()
        faults = judge(found, ledger)
    print(
        f"{name}: {kills} kills, {len(ledger.acknowledged)} acknowledged, {ledger.repeated} after a repetition, "
        f"{len(found['comments'])} stored, {len(found['facts'])} facts, ready after {max(starts):.1f} s at worst"
    )
    for fault in faults:
        print(f"  FAULT: {fault}")
    print(f"  {'nothing lost, nothing doubled' if not faults else 'FAILED'}", flush=True)
    return 1 if faults else 0


def torment(site: Site, kills: int) -> tuple[dict[str, Any], Ledger, list[float]]:
    seeded = site.seed()
    ledger, stop = Ledger(), threading.Event()
    starts = [site.start()]
    neighbours = [
        Neighbour(site.port, seeded["entry"], seeded["sessions"], ledger, stop, seed) for seed in range(NEIGHBOURS)
    ]
    for neighbour in neighbours:
        neighbour.start()
    moments = random.Random(kills)
    for number in range(kills):
        time.sleep(moments.uniform(0.05, 1.2))
        site.kill()
        starts.append(site.start())
        if number % 10 == 9:
            print(f"  {number + 1} kills, {len(ledger.acknowledged)} acknowledged", flush=True)
    time.sleep(1)
    stop.set()
    for neighbour in neighbours:
        neighbour.join()
    return site.wait_until_worked_off(), ledger, starts


def judge(found: dict[str, Any], ledger: Ledger) -> list[str]:
    stored = [key for key, _pk in found["comments"]]
    faults = []
    if lost := ledger.acknowledged - set(stored):
        faults.append(f"{len(lost)} acknowledged comments are lost, such as {min(lost)}")
    if len(stored) != len(set(stored)):
        faults.append(f"{len(stored) - len(set(stored))} comments are doubled")
    if strange := set(stored) - ledger.acknowledged - ledger.open:
        faults.append(f"{len(strange)} comments nobody sent")
    if sorted(found["facts"]) != sorted(pk for _key, pk in found["comments"]):
        faults.append(f"{len(found['facts'])} facts tell of {len(stored)} comments")
    if found["counted"] != len(stored):
        faults.append(f"the entry counts {found['counted']} comments of {len(stored)}")
    if found["waiting"] or found["jobs"] or found["dead"]:
        faults.append(f"{found['waiting']} facts and {found['jobs']} jobs still wait, {found['dead']} were given up")
    if found.get("integrity", "ok") != "ok":
        faults.append(f"the database file is damaged: {found['integrity']}")
    if ledger.refused:
        faults.append(f"{len(ledger.refused)} comments were refused, such as {ledger.refused[0]}")
    if not ledger.acknowledged:
        faults.append("nothing was ever acknowledged, so nothing was tested")
    return faults


if __name__ == "__main__":
    sys.exit(main())
