from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "linli.news"
    label = "news"

    def ready(self) -> None:
        from linli.entries.kinds import EntryKind, register  # after the apps are loaded
        from linli.news.panels import panel

        register(EntryKind(key="news", label=_("News"), icon="newspaper", colour="plum", panel=panel))
