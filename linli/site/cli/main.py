"""Reads the command line; each command is imported only when it is asked for."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from linli import __version__
from linli.settings.options import SettingError
from linli.site.operation.errors import is_debugging, sentence_of

SETTINGS_MODULE = "linli.settings.base"
Command = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="linli",
        description="Linli 邻里: the home of a community on the net. Runs, checks and keeps a server.",
        epilog="Settings are LINLI_… variables or linli.toml: see docs/settings.md.",
    )
    top.add_argument("--version", action="version", version=f"Linli {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    serve = _add(commands, "serve", "run Linli: web pages and background work, until Ctrl-C", _serve)
    serve.add_argument("--host", help="network address to listen on (LINLI_HOST)")
    serve.add_argument("--port", help="port to listen on (LINLI_PORT)")
    serve.add_argument("--demo", action="store_true", help="build the demo community on the first start")
    serve.add_argument("--no-migrate", action="store_true", help="leave the database's tables as they are")
    serve.add_argument("--reload", action="store_true", help="start again when source files change (development)")

    init = _add(commands, "init", "set up a server: its first community and administrator", _init)
    init.add_argument("--name", help="the community's name")
    init.add_argument("--slug", help="the community's address: /c/SLUG/")
    init.add_argument("--kind", help="residential, product, interest, brand or knowledge")
    init.add_argument("--language", help="zh-hans or en")
    init.add_argument("--admin-name", help="the first administrator's name")
    init.add_argument("--email", help="the first administrator's e-mail address")
    init.add_argument(
        "--password-file", help="file with the first administrator's password; - reads it from the standard input"
    )

    check = _add(commands, "check", "examine the server and say what to do", _check)
    check.add_argument("--json", action="store_true", help="print the findings as JSON")

    backup = _add(commands, "backup", "write database and pictures into one file, while serving too", _backup)
    backup.add_argument("file", help="the file to write; it must not exist yet")

    restore = _add(commands, "restore", "bring a backup back, after testing every byte of it", _restore)
    restore.add_argument("file", help="a file written by `linli backup`")
    restore.add_argument("--replace", action="store_true", help="put what is here now aside first")

    jobs = _add(commands, "jobs", "list background jobs that fail, or run those that were given up again", _jobs)
    jobs.add_argument("action", nargs="?", choices=("list", "retry"), default="list")
    jobs.add_argument("tasks", nargs="*", metavar="TASK", help="which, as listed; all where none is named")

    _add(commands, "migrate", "bring the database's tables up to date", _migrate)
    _add(commands, "collect", "collect and pack the static files", _collect)
    _add(commands, "rebuild-cards", "render all cards again", _rebuild_cards)
    _add(commands, "demo", "build the demo community and print its log-in links", _demo)
    _add(commands, "settings", "print the settings in effect", _settings)
    return top


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, help: str, run: Command
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
    command.set_defaults(run=run)
    return command


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except SettingError as error:
        return _fail(str(error), 2)
    except KeyboardInterrupt:
        return _fail("Interrupted; nothing more was done.", 130)
    except BrokenPipeError:
        return 1
    except Exception as error:
        if is_debugging():
            raise
        return _fail(sentence_of(error), 1)


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"linli: {sentence}\n")
    return code


def _set_up() -> None:
    from linli.site.cli.words import set_up

    set_up()


def _serve(given: argparse.Namespace) -> int:
    if given.host:
        os.environ["LINLI_HOST"] = given.host
    if given.port:
        os.environ["LINLI_PORT"] = given.port
    if given.demo:
        os.environ["LINLI_DEMO"] = "yes"
    from linli.settings.options import options
    from linli.site.server.run import Plan, serve

    return serve(Plan(options.demo, not given.no_migrate, given.reload))


def _init(given: argparse.Namespace) -> int:
    _set_up()
    from linli.site.cli.init import init

    return init(given)


def _check(given: argparse.Namespace) -> int:
    from linli.site.cli.check import check

    return check(as_json=given.json)


def _backup(given: argparse.Namespace) -> int:
    _set_up()
    from linli.site.cli.backups import backup

    return backup(given.file)


def _restore(given: argparse.Namespace) -> int:
    _set_up()
    from linli.site.cli.backups import restore

    return restore(given.file, replace=given.replace)


def _jobs(given: argparse.Namespace) -> int:
    _set_up()
    from linli.site.cli.jobs import list_troubles, retry

    return retry(given.tasks) if given.action == "retry" else list_troubles()


def _migrate(_given: argparse.Namespace) -> int:
    _set_up()
    from linli.site.operation.migrating import migrate

    sys.stdout.write("The database is up to date.\n" if migrate() else "There was nothing to do.\n")
    return 0


def _collect(_given: argparse.Namespace) -> int:
    _set_up()
    from linli.site.operation.collecting import collect

    sys.stdout.write(f"{collect()} static files are ready.\n")
    return 0


def _rebuild_cards(_given: argparse.Namespace) -> int:
    _set_up()
    from linli.talk.rebuilding import rebuild_cards

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} of {of}")

    number = rebuild_cards(progress)
    sys.stdout.write(f"{number} cards are new.\n")
    return 0


def _demo(_given: argparse.Namespace) -> int:
    os.environ["LINLI_DEMO"] = "yes"
    _set_up()
    from linli.site import hooks
    from linli.site.operation.migrating import migrate

    migrate()
    hooks.build_demo(lambda sentence: sys.stdout.write(sentence + "\n"))
    hooks.greet_demo(lambda sentence: sys.stdout.write(sentence + "\n"))
    return 0


def _settings(_given: argparse.Namespace) -> int:
    from linli.settings.options import SETTINGS, options

    for row in SETTINGS:
        shown = "(hidden)" if row.is_secret and getattr(options, row.key) else getattr(options, row.key)
        sys.stdout.write(f"{row.variable:24} {shown}\n")
    return 0
