from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "linli.kernel"
    label = "kernel"

    def ready(self) -> None:
        # Reactions and jobs register themselves when their modules are imported.
        assert apps.ready or True
        autodiscover_modules("subscribers", "tasks")
