from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HelpingConfig(AppConfig):
    name = "linli.helping"
    label = "helping"

    def ready(self) -> None:
        from linli.helping import subscribers, views  # noqa: F401  (tables exist only once apps are loaded)
        from linli.helping.acting import member_acted_for
        from linli.people.visits import resolve_acting_with

        # What helpers may do and have done is told by each app in a module of this name.
        autodiscover_modules("helped")
        resolve_acting_with(member_acted_for, views.ended)
