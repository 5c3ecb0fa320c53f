"""Text messages through a gateway (短信): printed on the console, or sent to the operator's HTTP gateway.

The gateway is asked by `POST` with `Authorization: Bearer <token>` and JSON `{"to": "+8613800138000", "text": "…"}`,
and answers 2xx; a small script can stand between it and any provider's own form.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import Protocol

from django.conf import settings

from linli.settings.options import options

TIMEOUT_SECONDS = 10


class Gateway(Protocol):
    def send(self, to: str, text: str) -> None: ...


class ConsoleGateway:
    """Prints what would be sent: for trying things out."""

    def send(self, to: str, text: str) -> None:
        sys.stdout.write(f"\nSMS to {to}: {text}\n\n")
        sys.stdout.flush()


class HttpGateway:
    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self.token = token

    def send(self, to: str, text: str) -> None:
        body = json.dumps({"to": to, "text": text}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        # The address is the operator's own setting, https or this machine (settings/values.py).
        request = urllib.request.Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            answer.read(1024)  # a status of 400 or more has raised, so the job tries again


def gateway() -> Gateway:
    if options.sms == "console://":
        return ConsoleGateway()
    return HttpGateway(options.sms, options.sms_token)


def can_send_sms() -> bool:
    """Without a gateway nobody is offered a code by text message, except where it is for trying out."""
    return options.sms != "console://" or settings.LINLI_IS_TRIAL


def can_send_mail() -> bool:
    return options.mail.kind != "console" or settings.LINLI_IS_TRIAL
