"""Examines a server, one finding per subject, each with what to do."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone

from linli.kernel.models import RecordedFact
from linli.kernel.worker import Health, health
from linli.settings.options import options
from linli.site.operation import collecting, migrating
from linli.site.server.run import answers

MB = 1024 * 1024
DISK_FAIL, DISK_WARN = 200 * MB, 1024 * MB
FACT_WAITS = timedelta(minutes=2)
BACKUP_WARN = timedelta(days=8)
POSTGRESQL_MIN = 150_000


@dataclass(frozen=True)
class Finding:
    subject: str
    level: str  # ok, warn, fail
    text: str
    advice: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def ok(subject: str, text: str) -> Finding:
    return Finding(subject, "ok", text)


def warn(subject: str, text: str, advice: str) -> Finding:
    return Finding(subject, "warn", text, advice)


def fail(subject: str, text: str, advice: str) -> Finding:
    return Finding(subject, "fail", text, advice)


def examine(now: datetime) -> Iterator[Finding]:
    yield from _settings()
    yield from _data()
    try:
        yield from _database()
    except (DatabaseError, OSError) as error:
        advice = "Look at LINLI_DATABASE and whether the database runs."
        yield fail("database", " ".join(str(error).split()), advice)
        yield from _surroundings(now)
        return
    pending = migrating.pending()
    if pending:
        yield fail("tables", f"{len(pending)} changes to the tables are not made yet.", "Run: linli migrate")
    elif unknown := migrating.unknown():
        advice = "Install the newer Linli again, or restore a backup written by this one."
        yield fail("tables", f"A newer Linli has used this database ({unknown[0]}).", advice)
    else:
        yield ok("tables", "Up to date.")
        yield from _work(now)
    yield from _surroundings(now)


def _settings() -> Iterator[Finding]:
    yield ok("settings", f"{options.address}, data in {options.data}")
    if options.debug:
        yield warn("settings", "LINLI_DEBUG is on.", "Turn it off unless you develop Linli.")
    is_public = options.hostname not in ("localhost", "127.0.0.1", "::1")
    if is_public and not options.is_https:
        advice = "Put a reverse proxy with a certificate in front and set LINLI_ADDRESS to https://…"
        yield warn("settings", "The site is not encrypted: passwords travel in the clear.", advice)
    if options.is_https and not options.trusted_proxies:
        advice = "Set LINLI_TRUSTED_PROXIES (1 for one proxy in front), or limits by address count everybody as one."
        yield warn("settings", "The address is https, but no reverse proxy is trusted.", advice)


def _data() -> Iterator[Finding]:
    key = options.data / "secret_key"
    if not os.access(options.data, os.W_OK):
        yield fail("data", f"{options.data} cannot be written.", "Give it to the user that runs Linli.")
        return
    if key.is_file() and key.stat().st_mode & 0o077:
        yield fail("data", f"Others on this machine can read {key}.", f"Run: chmod 600 {key}")
    free = shutil.disk_usage(options.data).free
    text = f"{free // MB} MB free."
    if free < DISK_FAIL:
        yield fail("disk", text, "Make room: Linli stops when the disk is full.")
    elif free < DISK_WARN:
        yield warn("disk", text, "Make room soon.")
    else:
        yield ok("disk", text)


def _value(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _database() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        version, encoding = int(_value("SHOW server_version_num")), _value("SHOW server_encoding")
        if version < POSTGRESQL_MIN:
            yield fail("database", f"PostgreSQL {version // 10_000} is too old.", "Use PostgreSQL 15 or newer.")
        elif encoding != "UTF8":
            yield fail("database", f"Its encoding is {encoding}.", "Create the database with ENCODING 'UTF8'.")
        else:
            yield ok("database", f"PostgreSQL {version // 10_000} answers.")
        return
    if _value("PRAGMA journal_mode") != "wal" or not _value("PRAGMA foreign_keys"):
        advice = "Keep the data folder on a local disk: network folders cannot hold the database."
        yield fail("database", "SQLite runs without its write-ahead log or foreign keys.", advice)
    size = options.database_path.stat().st_size
    state = _value("PRAGMA quick_check(1)") if size < 500 * MB else "ok"
    if state != "ok":
        yield fail("database", f"The file is damaged: {state}", "Restore the last backup: linli restore FILE --replace")
    else:
        yield ok("database", f"SQLite, {size / MB:.1f} MB.")


def _work(now: datetime) -> Iterator[Finding]:
    found = health(now=now)
    is_serving = answers("/-/ready")
    if is_serving:
        yield ok("server", "Answers.")
    else:
        yield warn("server", f"Does not answer on {options.host}, port {options.port}.", "Start it: linli serve")
    if found.is_alive:
        yield ok("worker", "At work.")
    elif is_serving:
        yield fail("worker", "Not seen for a minute: notices and reminders are waiting.", "Restart: linli serve")
    else:
        yield warn("worker", "Not running.", "It starts with: linli serve")
    yield from _journal(found)


def _journal(found: Health) -> Iterator[Finding]:
    now = found.now
    if found.facts_waiting and not found.is_alive:
        text = f"{found.facts_waiting} things that happened wait for the worker."
        yield warn("journal", text, "They are passed on as soon as it runs.")
    elif found.oldest_fact_at and now - found.oldest_fact_at > FACT_WAITS:
        minutes = (now - found.oldest_fact_at) // timedelta(minutes=1)
        advice = "Look at the worker's messages in the server's log."
        yield fail("journal", f"Something that happened {minutes} minutes ago has not been passed on.", advice)
    else:
        yield ok("journal", "Everything that happened was passed on.")
    for trouble in found.troubles:
        state = f"{trouble.dead} given up" if trouble.dead else "tried again"
        text = f"{trouble.task}: {trouble.count} failing after {trouble.attempts} attempts, {state}: {trouble.error}"
        if trouble.dead:
            yield fail("jobs", text, "When the cause is gone: linli jobs retry")
        else:
            yield warn("jobs", text, "Nothing yet: it is repeated with growing pauses.")
    if not found.troubles:
        yield ok("jobs", f"{found.jobs_due} waiting, none failing.")


def _surroundings(now: datetime) -> Iterator[Finding]:
    for examine_one in (_static, _mail, _sms, _letters, _backup, _clock):
        yield examine_one(now)


def _static(_now: datetime) -> Finding:
    if collecting.is_current():
        return ok("static files", "Ready.")
    return warn(
        "static files", "Older than their sources.", "They are made by: linli collect (linli serve does it too)"
    )


def _mail(_now: datetime) -> Finding:
    if options.mail.kind == "console":
        advice = "Set LINLI_MAIL, or nobody can log in by an e-mailed code."
        return warn("mail", "E-mail is only printed, not sent.", advice)
    if options.mail.kind == "file":
        return warn(
            "mail", f"E-mail is written to {options.mail.folder}, not sent.", "Set LINLI_MAIL to an SMTP server."
        )
    try:
        mail = get_connection()
        mail.open()
        mail.close()
    except (OSError, ValueError) as error:
        advice = "Look at LINLI_MAIL: host, port, user and password."
        return fail("mail", f"{options.mail.host} port {options.mail.port}: {error}", advice)
    return ok("mail", f"{options.mail.host} accepts us.")


def _sms(_now: datetime) -> Finding:
    if options.sms == "console://":
        return warn("text messages", "Only printed, not sent.", "Set LINLI_SMS if people log in by phone number.")
    return ok("text messages", "A gateway is set.")


def _letters(_now: datetime) -> Finding:
    advice = "On Debian or Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk"
    if not (ctypes.util.find_library("pango-1.0") and ctypes.util.find_library("pangoft2-1.0")):
        return warn("PDF letters", "pango is missing: letters can be printed from the browser only.", advice)
    if not has_chinese_font():
        return warn("PDF letters", "There is no Chinese font: letters can be printed from the browser only.", advice)
    return ok("PDF letters", "pango and a Chinese font are here.")


def has_chinese_font() -> bool:
    program = shutil.which("fc-list")
    if not program:
        return False
    found = subprocess.run([program, ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False)  # noqa: S603
    return bool(found.stdout.strip())


def _backup(now: datetime) -> Finding:
    stamp: Path = options.data / "last_backup"
    try:
        last = datetime.fromisoformat(stamp.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return warn("backup", "None was written yet.", "Run every night: linli backup FILE")
    if now - last > BACKUP_WARN:
        return warn("backup", f"The last is {(now - last).days} days old.", "Run every night: linli backup FILE")
    return ok("backup", f"The last is of {timezone.localtime(last):%Y-%m-%d %H:%M}.")


def _clock(now: datetime) -> Finding:
    text = f"{timezone.localtime(now):%Y-%m-%d %H:%M} in {options.time_zone}."
    try:
        last = RecordedFact.objects.order_by("-id").values_list("at", flat=True).first()
    except DatabaseError:
        last = None
    if last and last > now + timedelta(minutes=2):
        return fail("clock", f"{text} Something is recorded as later.", "Set the machine's clock (install chrony).")
    return ok("clock", text)
