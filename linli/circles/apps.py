from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CirclesConfig(AppConfig):
    name = "linli.circles"
    label = "circles"

    def ready(self) -> None:
        # Packages above say in `circled.py` what stands on a circle's page.
        autodiscover_modules("circled")
