"""What the server asks of the demo community, which is loaded only where it is wanted."""

import importlib
from collections.abc import Callable

from django.utils import timezone

Say = Callable[[str], object]


def build_demo(say: Say) -> None:
    demo = importlib.import_module("linli.site.demo")
    now = timezone.now()
    if not demo.is_built():
        say("Building the demo community …")
        demo.build(now)


def greet_demo(say: Say) -> None:
    demo = importlib.import_module("linli.site.demo")
    for line in demo.login_lines():
        say(line)
