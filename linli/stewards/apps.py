from django.apps import AppConfig


class StewardsConfig(AppConfig):
    name = "linli.stewards"
    label = "stewards"
