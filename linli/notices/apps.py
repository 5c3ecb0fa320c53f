from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "linli.notices"
    label = "notices"

    def ready(self) -> None:
        from linli.entries.kinds import EntryKind, register  # after the apps are loaded
        from linli.notices.panels import overlay, panel

        register(
            EntryKind(
                key="notice",
                label=_("Notice"),
                icon="megaphone",
                colour="lamp",
                is_announced=True,
                panel=panel,
                overlay=overlay,
                edit_url="notices:edit",
            )
        )
