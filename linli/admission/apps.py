from importlib import import_module

from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    name = "linli.admission"
    label = "admission"

    def ready(self) -> None:
        import_module("linli.admission.headings")
