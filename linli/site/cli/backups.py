"""`linli backup` and `linli restore`."""

import sys
from pathlib import Path

from django.utils import timezone

from linli.settings.options import options
from linli.site.operation.backup import write_backup
from linli.site.operation.restore import restore as bring_back
from linli.site.server.locks import hold_data


def backup(file: str) -> int:
    target = Path(file).resolve()
    now = timezone.now()
    manifest = write_backup(target, media=options.media, secret_key=options.data / "secret_key", now=now)
    (options.data / "last_backup").write_text(now.isoformat(), encoding="ascii")
    rows = sum(table["rows"] for table in manifest["tables"])
    pictures = sum(name.startswith("media/") for name in manifest["members"])
    size = target.stat().st_size / 1024 / 1024
    sys.stdout.write(f"{target}: {rows} rows, {pictures} files, {size:.1f} MB. Keep it private: it holds everything.\n")
    return 0


def restore(file: str, *, replace: bool) -> int:
    lock = hold_data(options.data, "restoring a backup")
    with lock:
        restored = bring_back(Path(file).resolve(), data=options.data, is_replacing=replace, now=timezone.now())
    rows = sum(table["rows"] for table in restored.manifest["tables"])
    sys.stdout.write(
        f"Restored what was written on {restored.manifest['written_at'][:16].replace('T', ' ')} UTC: "
        f"{rows} rows, read back and compared.\n"
    )
    if restored.kept:
        sys.stdout.write(f"What was here before is kept in {restored.kept}.\n")
    sys.stdout.write("Everybody logs in again. Start the server with: linli serve\n")
    return 0
