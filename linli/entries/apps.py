from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntriesConfig(AppConfig):
    name = "linli.entries"
    label = "entries"

    def ready(self) -> None:
        from linli.entries.kinds import EntryKind, register  # after the apps are loaded

        register(
            EntryKind(
                key="talk",
                label=_("Talk"),
                icon="message-circle",
                colour="jade",
                is_composed=True,
                hint=_("A word, a find, a few pictures"),
            )
        )
