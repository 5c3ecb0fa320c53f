"""Every setting of a Linli server, its default and meaning; read from the environment, else from linli.toml.

`from linli.settings.options import options` gives the loaded `Options`; a wrong value raises `SettingError`.
"""

import contextlib
import difflib
import os
import secrets
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from linli.settings import values as v
from linli.settings.values import Database, Mail, Proxies, WrongValue

PREFIX = "LINLI_"
# Read by the test suite and the development tools only, never by the server.
FOREIGN_PREFIXES = ("LINLI_TEST_", "LINLI_BROWSER_", "LINLI_BENCH_")
LANGUAGES = ("zh-hans", "en")
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  (recognised here, never bound)


class SettingError(Exception):
    """One sentence that says which setting is wrong and what to give instead."""


@dataclass(frozen=True)
class Setting:
    """One row of the table of settings."""

    key: str
    read: Callable[[str], Any]
    default: str
    help: str
    chinese: str
    is_secret: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.key.upper()


# The table


def setting(read: Callable[[str], Any], default: str, help: str, chinese: str, *, is_secret: bool = False) -> Any:
    return field(
        repr=not is_secret,
        metadata={"read": read, "default": default, "help": help, "chinese": chinese, "is_secret": is_secret},
    )


@dataclass(frozen=True)
class Options:
    data: Path = setting(
        v.path,
        "./var",
        "Folder for the database, pictures, secret key and locks.",
        "数据目录:数据库、图片、密钥都在这里。",
    )
    secret_key: str = setting(
        v.secret,
        "",
        "Signs cookies and links. Left out, one is made on the first start and kept in the data folder, "
        "readable by its owner only.",
        "签名密钥;不填则首次启动时生成并保存在数据目录。",
        is_secret=True,
    )
    database: Database = setting(
        v.database,
        "sqlite",
        "`sqlite` (a file in the data folder), `sqlite:///path/to/file`, or `postgres://user:password@host:5432/name`.",
        "数据库:默认 SQLite,也可用 PostgreSQL。",
    )
    host: str = setting(v.text, "127.0.0.1", "Network address to listen on; `0.0.0.0` for all.", "监听的网络地址。")
    port: int = setting(v.whole(1, 65535), "8000", "Port to listen on.", "监听端口。")
    address: str = setting(
        v.address,
        "",
        "The web address people type, such as `https://linli.example.org`. Left out: `http://HOST:PORT`. "
        "With https, cookies are sent over https only.",
        "居民访问的网址;用 https 时 Cookie 只经加密连接发送。",
    )
    hosts: tuple[str, ...] = setting(
        v.names,
        "",
        "Further host names the site answers to, with commas between them.",
        "其他可访问的主机名,用逗号分隔。",
    )
    workers: int = setting(
        v.whole(1, 64), "2", "Web server processes; one per core is right.", "网页进程数,一般每核一个。"
    )
    threads: int = setting(
        v.whole(1, 32),
        "2",
        "Threads for pages in each process; more than 2 are slower.",
        "每个进程处理网页的线程数,2 最快。",
    )
    language: str = setting(
        v.one_of(*LANGUAGES),
        "zh-hans",
        "Language for visitors whose browser asks for neither: `zh-hans` or `en`.",
        "默认语言。",
    )
    founding: str = setting(
        v.one_of("everybody", "operators"),
        "everybody",
        "Who may found communities on this server: `everybody` who has an account, or `operators` only.",
        "谁可以创建社区:有账号的人都可以,或仅限运维。",
    )
    time_zone: str = setting(v.time_zone, "Asia/Shanghai", "Time zone of the server's community.", "时区。")
    mail: Mail = setting(
        v.mail,
        "console://",
        "How e-mail is sent: `console://` (printed), `file:///folder`, `smtp+tls://user:password@host:587`, "
        "`smtps://user:password@host:465`, or `smtp://localhost:25`.",
        "邮件发送方式。",
    )
    mail_from: str = setting(v.text, "", "Sender of e-mail. Left out: linli@ and the host of the address.", "发件人。")
    sms: str = setting(
        v.sms,
        "console://",
        "How text messages are sent: `console://` (printed) or the https address of a gateway.",
        "短信网关。",
    )
    sms_token: str = setting(
        v.text,
        "",
        "Token the SMS gateway asks for, sent as `Authorization: Bearer …`.",
        "短信网关令牌。",
        is_secret=True,
    )
    durability: str = setting(
        v.one_of("normal", "full"),
        "normal",
        "SQLite only. `normal` survives any crash of Linli but may lose the last moments when the power "
        "fails; `full` does not, and writes more slowly.",
        "SQLite 落盘方式:full 断电也不丢,但写入较慢。",
    )
    upload_mb: int = setting(
        v.whole(1, 2048), "64", "Largest request, so largest set of pictures in one post, in MB.", "单次上传上限(MB)。"
    )
    trusted_proxies: Proxies = setting(
        v.proxies,
        "0",
        "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: their number, or their "
        "addresses with commas.",
        "可信反向代理:层数或地址。",
    )
    debug: bool = setting(
        v.yes_or_no, "no", "Shows errors in detail. Never on a machine others can reach.", "调试模式,切勿对外开启。"
    )
    demo: bool = setting(
        v.yes_or_no,
        "no",
        "Builds the demo community on the first start and prints its log-in links.",
        "首次启动时建立演示社区。",
    )
    log: str = setting(v.one_of("debug", "info", "warning", "error"), "info", "How much is printed.", "日志详细程度。")

    @property
    def database_path(self) -> Path:
        """The SQLite file; meaningless on PostgreSQL."""
        return Path(self.database.name) if self.database.name else self.data / "linli.sqlite3"

    @property
    def media(self) -> Path:
        return self.data / "media"

    @property
    def static(self) -> Path:
        """Where `linli collect` puts the static files with hashed names."""
        return self.data / "static"

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")

    @property
    def hostname(self) -> str:
        return urlsplit(self.address).hostname or self.host

    @property
    def allowed_hosts(self) -> list[str]:
        local = [] if self.is_https else ["localhost", "127.0.0.1", "[::1]"]
        host = f"[{self.hostname}]" if ":" in self.hostname else self.hostname
        return list(dict.fromkeys([host, *self.hosts, *local]))


SETTINGS: tuple[Setting, ...] = tuple(Setting(key=row.name, **row.metadata) for row in fields(Options))


# Reading


def load(environ: Mapping[str, str], folder: Path | None = None) -> Options:
    """The options this environment and its linli.toml ask for; `folder` stands for the current one."""
    here = folder or Path.cwd()
    refuse_unknown_variables(environ)
    config = config_path(environ, here)
    written = read_config(config) if config else {}
    values: dict[str, Any] = {}
    for row in SETTINGS:
        source, value = row.variable, environ.get(row.variable)
        if value is None and row.key in written:
            source, value = f"{row.key} in {config}", written[row.key]
        values[row.key] = read_value(row, source, row.default if value is None else value.strip())
    is_from_config = config is not None and "data" in written and "LINLI_DATA" not in environ
    values["data"] = ((config.parent if config and is_from_config else here) / values["data"]).resolve()
    return complete(values)


def config_path(environ: Mapping[str, str], here: Path) -> Path | None:
    if named := environ.get("LINLI_CONFIG"):
        if not (here / named).is_file():
            raise SettingError(f'LINLI_CONFIG is "{named}": there is no such file.')
        return (here / named).resolve()
    for place in (here / "linli.toml", here / environ.get("LINLI_DATA", "./var") / "linli.toml"):
        if place.is_file():
            return place.resolve()
    return None


def read_config(config: Path) -> dict[str, str]:
    try:
        tree = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"{config} cannot be read: {error}.") from None
    keys = [row.key for row in SETTINGS]
    for key in tree:
        if key not in keys:
            raise SettingError(f'{config} has "{key}", which is no setting{nearest(key.lower(), keys)}')
    return {key: plain(config, key, value) for key, value in tree.items()}


def plain(config: Path, key: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(plain(config, key, part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    raise SettingError(f"{key} in {config} must be a text, a number, true or false.")


def refuse_unknown_variables(environ: Mapping[str, str]) -> None:
    known = [row.variable for row in SETTINGS] + ["LINLI_CONFIG"]
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known and not name.startswith(FOREIGN_PREFIXES):
            raise SettingError(f"{name} is no setting of Linli{nearest(name, known)}")


def nearest(name: str, known: list[str]) -> str:
    match = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {match[0]}?" if match else "; docs/settings.md lists them all."


def read_value(row: Setting, source: str, value: str) -> Any:
    try:
        return row.read(value)
    except WrongValue as wrong:
        shown = "given" if row.key in ("secret_key", "database", "mail") else f'"{value}"'
        raise SettingError(f"{source} is {shown}: {wrong}.") from None


def complete(values: dict[str, Any]) -> Options:
    """Defaults that depend on other settings."""
    host, port = values["host"], values["port"]
    if not values["address"]:
        if host in ANYWHERE:
            raise SettingError(
                f'LINLI_HOST is "{host}", so others can reach Linli: set LINLI_ADDRESS to what they will type, such as http://192.168.1.10:{port}.'
            )
        values["address"] = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    if not values["mail_from"]:
        values["mail_from"] = f"linli@{urlsplit(values['address']).hostname}"
    if not values["secret_key"]:
        values["secret_key"] = kept_secret(values["data"])
    return Options(**values)


def kept_secret(data: Path) -> str:
    """The key in the data folder; made by whoever asks first, the same for all who ask."""
    kept = data / "secret_key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            draft = data / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # another process was first: its key is the one
                os.link(draft, kept)
            draft.unlink()
        key = kept.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingError(f'LINLI_DATA is "{data}": Linli cannot keep its files there ({error.strerror}).') from None
    if len(key) < 32:
        raise SettingError(
            f"{kept} is damaged: restore it from a backup, or delete it (everybody will have to log in again)."
        )
    return key


def as_markdown() -> str:
    """The table of docs/settings.md."""
    lines = ["| variable | linli.toml | default | meaning |", "|---|---|---|---|"]
    for row in SETTINGS:
        default = f"`{row.default}`" if row.default else ""
        lines.append(f"| `{row.variable}` | `{row.key}` | {default} | {row.help} {row.chinese} |")
    return "\n".join(lines)


options: Options


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that `linli --help` and the table itself need no valid environment.
    if name == "options":
        loaded = load(os.environ)
        globals()["options"] = loaded
        return loaded
    raise AttributeError(name)


if __name__ == "__main__":
    sys.stdout.write(as_markdown() + "\n")
