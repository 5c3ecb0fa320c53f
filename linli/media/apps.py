from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "linli.media"
    label = "media"

    def ready(self) -> None:
        from linli.media.actions import take_portrait  # after the apps are loaded
        from linli.people.portraits import take_portraits_with

        take_portraits_with(take_portrait)
