from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "linli.talk"
    label = "talk"

    def ready(self) -> None:
        from linli.entries.feet import read_likes_with  # after the apps are loaded
        from linli.talk.reads import liked_entries

        read_likes_with(liked_entries)
