from django.apps import AppConfig


class HelpingConfig(AppConfig):
    name = "linli.helping"
    label = "helping"
