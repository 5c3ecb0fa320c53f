from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "linli.welcome"
    label = "welcome"
