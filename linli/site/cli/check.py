"""`linli check`: the doctor."""

import json
import sys

from linli.settings.options import SettingError

_MARKS = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}


def check(*, as_json: bool) -> int:
    try:
        findings = _findings()
    except SettingError as error:
        findings = [{"subject": "settings", "level": "fail", "text": str(error), "advice": ""}]
    worst = max((("ok", "warn", "fail").index(finding["level"]) for finding in findings), default=0)
    if as_json:
        sys.stdout.write(json.dumps({"healthy": worst < 2, "findings": findings}, ensure_ascii=False, indent=1) + "\n")
    else:
        for finding in findings:
            sys.stdout.write(f"{_MARKS[finding['level']]}  {finding['subject']:<12} {finding['text']}\n")
            if finding["advice"]:
                sys.stdout.write(f"{'':18} → {finding['advice']}\n")
    return 1 if worst == 2 else 0


def _findings() -> list[dict[str, str]]:
    from django.utils import timezone

    from linli.site.cli.words import set_up

    set_up()
    from linli.site.operation.doctor import examine

    return [finding.as_dict() for finding in examine(timezone.now())]
