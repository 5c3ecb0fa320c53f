from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "linli.look"
    label = "look"
