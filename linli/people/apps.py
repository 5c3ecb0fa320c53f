from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "linli.people"
    label = "people"

    def ready(self) -> None:
        # What packages above this one know of people (their building, portrait, what they wrote) stands in a module
        # of this name in each of them.
        autodiscover_modules("persons")
