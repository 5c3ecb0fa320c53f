from django.apps import AppConfig


class HomesConfig(AppConfig):
    name = "linli.homes"
    label = "homes"

    def ready(self) -> None:
        from linli.homes import places  # tables exist only once apps are ready

        places.register()
