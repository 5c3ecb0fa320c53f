from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "linli.talk"
    label = "talk"

    def ready(self) -> None:
        from linli.entries.feet import join_likes_with  # after the apps are loaded
        from linli.talk.reads import entry_like

        join_likes_with(entry_like)
