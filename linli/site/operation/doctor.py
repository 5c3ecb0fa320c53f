"""Examines a server, one finding per subject, each with what to do."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

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
        advice = _("Look at LINLI_DATABASE and whether the database runs.")
        yield fail("database", " ".join(str(error).split()), advice)
        yield from _surroundings(now)
        return
    pending = migrating.pending()
    if pending:
        text = _("%(number)s changes to the tables are not made yet.") % {"number": len(pending)}
        yield fail("tables", text, _("Run: linli migrate"))
    elif unknown := migrating.unknown():
        text = _("A newer Linli has used this database (%(change)s).") % {"change": unknown[0]}
        yield fail("tables", text, _("Install the newer Linli again, or restore a backup written by this one."))
    else:
        yield ok("tables", _("Up to date."))
        yield from _work(now)
    yield from _surroundings(now)


def _settings() -> Iterator[Finding]:
    yield ok("settings", _("%(address)s, data in %(folder)s") % {"address": options.address, "folder": options.data})
    if options.debug:
        yield warn("settings", _("LINLI_DEBUG is on."), _("Turn it off unless you develop Linli."))
    is_public = options.hostname not in ("localhost", "127.0.0.1", "::1")
    if is_public and not options.is_https:
        advice = _("Put a reverse proxy with a certificate in front and set LINLI_ADDRESS to https://…")
        yield warn("settings", _("The site is not encrypted: passwords travel in the clear."), advice)
    if options.is_https and not options.trusted_proxies:
        advice = _("Set LINLI_TRUSTED_PROXIES (1 for one proxy in front), or limits by address count everybody as one.")
        yield warn("settings", _("The address is https, but no reverse proxy is trusted."), advice)


def _data() -> Iterator[Finding]:
    key = options.data / "secret_key"
    if not os.access(options.data, os.W_OK):
        yield fail("data", _("The data folder cannot be written."), _("Give it to the user that runs Linli."))
        return
    if key.is_file() and key.stat().st_mode & 0o077:
        text = _("Others on this machine can read %(file)s.") % {"file": key}
        yield fail("data", text, _("Run: %(command)s") % {"command": f"chmod 600 {key}"})
    free = shutil.disk_usage(options.data).free
    text = _("%(number)s MB free.") % {"number": free // MB}
    if free < DISK_FAIL:
        yield fail("disk", text, _("Make room: Linli stops when the disk is full."))
    elif free < DISK_WARN:
        yield warn("disk", text, _("Make room soon."))
    else:
        yield ok("disk", text)


def _value(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _database() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        version, encoding = int(_value("SHOW server_version_num")), _value("SHOW server_encoding")
        named = {"version": version // 10_000}
        if version < POSTGRESQL_MIN:
            yield fail("database", _("PostgreSQL %(version)s is too old.") % named, _("Use PostgreSQL 15 or newer."))
        elif encoding != "UTF8":
            text = _("Its encoding is %(encoding)s.") % {"encoding": encoding}
            yield fail("database", text, _("Create the database with ENCODING 'UTF8'."))
        else:
            yield ok("database", _("PostgreSQL %(version)s answers.") % named)
        return
    if _value("PRAGMA journal_mode") != "wal" or not _value("PRAGMA foreign_keys"):
        advice = _("Keep the data folder on a local disk: network folders cannot hold the database.")
        yield fail("database", _("SQLite runs without its write-ahead log or foreign keys."), advice)
    size = options.database_path.stat().st_size
    state = _value("PRAGMA quick_check(1)") if size < 500 * MB else "ok"
    if state != "ok":
        text = _("The file is damaged: %(state)s") % {"state": state}
        yield fail("database", text, _("Restore the last backup: linli restore FILE --replace"))
    else:
        yield ok("database", _("SQLite, %(number)s MB.") % {"number": f"{size / MB:.1f}"})


def _work(now: datetime) -> Iterator[Finding]:
    found = health(now=now)
    is_serving = answers("/-/ready")
    if is_serving:
        yield ok("server", _("Answers."))
    else:
        text = _("Does not answer on %(host)s, port %(port)s.") % {"host": options.host, "port": options.port}
        yield warn("server", text, _("Start it: linli serve"))
    if found.is_alive:
        yield ok("worker", _("At work."))
    elif is_serving:
        yield fail("worker", _("Not seen for a minute: notices and reminders are waiting."), _("Restart: linli serve"))
    else:
        yield warn("worker", _("Not running."), _("It starts with: linli serve"))
    yield from _journal(found)


def _journal(found: Health) -> Iterator[Finding]:
    now = found.now
    if found.facts_waiting and not found.is_alive:
        text = _("%(number)s things that happened wait for the worker.") % {"number": found.facts_waiting}
        yield warn("journal", text, _("They are passed on as soon as it runs."))
    elif found.oldest_fact_at and now - found.oldest_fact_at > FACT_WAITS:
        minutes = (now - found.oldest_fact_at) // timedelta(minutes=1)
        text = _("Something that happened %(number)s minutes ago has not been passed on.") % {"number": minutes}
        yield fail("journal", text, _("Look at the worker's messages in the server's log."))
    else:
        yield ok("journal", _("Everything that happened was passed on."))
    for trouble in found.troubles:
        text = _("%(task)s: %(count)s failing after %(attempts)s attempts, %(dead)s given up: %(error)s") % vars(
            trouble
        )
        if trouble.dead:
            yield fail("jobs", text, _("When the cause is gone: linli jobs retry"))
        else:
            yield warn("jobs", text, _("Nothing yet: it is repeated with growing pauses."))
    if not found.troubles:
        yield ok("jobs", _("%(number)s waiting, none failing.") % {"number": found.jobs_due})


def _surroundings(now: datetime) -> Iterator[Finding]:
    for examine_one in (_static, _mail, _sms, _letters, _recordings, _backup, _clock):
        yield examine_one(now)


def _static(_now: datetime) -> Finding:
    if collecting.is_current():
        return ok("static files", _("Ready."))
    return warn("static files", _("Older than their sources."), _("Run: linli collect (linli serve does it too)"))


def _mail(_now: datetime) -> Finding:
    if options.mail.kind == "console":
        advice = _("Set LINLI_MAIL, or nobody can log in by an e-mailed code.")
        return warn("mail", _("E-mail is only printed, not sent."), advice)
    if options.mail.kind == "file":
        text = _("E-mail is written to %(folder)s, not sent.") % {"folder": options.mail.folder}
        return warn("mail", text, _("Set LINLI_MAIL to an SMTP server."))
    try:
        mail = get_connection()
        mail.open()
        mail.close()
    except (OSError, ValueError) as error:
        advice = _("Look at LINLI_MAIL: host, port, user and password.")
        return fail("mail", f"{options.mail.host}:{options.mail.port} {error}", advice)
    return ok("mail", _("%(host)s accepts us.") % {"host": options.mail.host})


def _recordings(_now: datetime) -> Finding:
    """Asked in another process, so that this one loads no decoders."""
    command = [sys.executable, "-c", "import av; av.Codec('libx264', 'w'), av.Codec('aac', 'w')"]
    try:
        is_able = subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        is_able = False
    if is_able:
        return ok("video", _("Video and sound can be prepared."))
    advice = _("Install the package av as requirements.lock names it; everything else works without it.")
    return warn("video", _("This machine cannot encode H.264 video and AAC sound."), advice)


def _sms(_now: datetime) -> Finding:
    if options.sms == "console://":
        return warn("text messages", _("Only printed, not sent."), _("Set LINLI_SMS if people log in by phone number."))
    return ok("text messages", _("A gateway is set."))


def _letters(_now: datetime) -> Finding:
    command = "apt install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk"
    advice = _("On Debian or Ubuntu: %(command)s") % {"command": command}
    if not (ctypes.util.find_library("pango-1.0") and ctypes.util.find_library("pangoft2-1.0")):
        return warn("PDF letters", _("pango is missing: letters can be printed from the browser only."), advice)
    if not has_chinese_font():
        return warn("PDF letters", _("There is no Chinese font: letters can be printed from the browser only."), advice)
    return ok("PDF letters", _("pango and a Chinese font are here."))


def has_chinese_font() -> bool:
    program = shutil.which("fc-list")
    if not program:
        return False
    found = subprocess.run([program, ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False)  # noqa: S603
    return bool(found.stdout.strip())


def _backup(now: datetime) -> Finding:
    stamp: Path = options.data / "last_backup"
    advice = _("Run every night: linli backup FILE")
    try:
        last = datetime.fromisoformat(stamp.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return warn("backup", _("None was written yet."), advice)
    if now - last > BACKUP_WARN:
        return warn("backup", _("The last is %(number)s days old.") % {"number": (now - last).days}, advice)
    return ok("backup", _("The last is of %(time)s.") % {"time": f"{timezone.localtime(last):%Y-%m-%d %H:%M}"})


def _clock(now: datetime) -> Finding:
    text = f"{timezone.localtime(now):%Y-%m-%d %H:%M} {options.time_zone}"
    try:
        last = RecordedFact.objects.order_by("-id").values_list("at", flat=True).first()
    except DatabaseError:
        last = None
    if last and last > now + timedelta(minutes=2):
        text = _("%(time)s, but something is recorded as later.") % {"time": text}
        return fail("clock", text, _("Set the machine's clock (install chrony)."))
    return ok("clock", text)
