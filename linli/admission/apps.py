from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    name = "linli.admission"
    label = "admission"
