import importlib
from importlib.util import find_spec

from django.apps import AppConfig, apps

# Reactions, jobs and schedules register themselves when these modules are imported.
REGISTERING = ("subscribers", "tasks")


class KernelConfig(AppConfig):
    name = "linli.kernel"
    label = "kernel"

    def ready(self) -> None:
        for config in apps.get_app_configs():
            if config.name.startswith("linli."):
                for module in REGISTERING:
                    if find_spec(f"{config.name}.{module}"):
                        importlib.import_module(f"{config.name}.{module}")
