from django.apps import AppConfig


class HomesConfig(AppConfig):
    name = "linli.homes"
    label = "homes"
