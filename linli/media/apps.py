from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "linli.media"
    label = "media"
