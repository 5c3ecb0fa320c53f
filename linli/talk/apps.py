from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "linli.talk"
    label = "talk"
