from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TipsConfig(AppConfig):
    name = "linli.tips"
    label = "tips"

    def ready(self) -> None:
        from linli.entries.kinds import EntryKind, register  # after the apps are loaded

        register(EntryKind(key="tip", label=_("Tip of the month"), icon="lightbulb", colour="moss"))
