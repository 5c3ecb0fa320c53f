from django.urls import path

from linli.homes.views import homes, register

app_name = "homes"
BASE = "c/<slug:slug>/homes/"

urlpatterns = [
    path(BASE, register.register, name="register"),
    path(f"{BASE}add/", register.add, name="add"),
    path(f"{BASE}generate/", register.generate, name="generate"),
    path(f"{BASE}table/", register.upload, name="upload"),
    path(f"{BASE}table/<int:pk>/", register.draft, name="draft"),
    path(f"{BASE}table/template.csv", register.table_template, name="template"),
    path(f"{BASE}buildings/<int:pk>/", register.building, name="building"),
    path(f"{BASE}buildings/<int:pk>/name/", register.building_name, name="building_name"),
    path(f"{BASE}buildings/<int:pk>/removal/", register.building_removal, name="building_removal"),
    path(f"{BASE}entrances/<int:pk>/name/", register.entrance_name, name="entrance_name"),
    path(f"{BASE}entrances/<int:pk>/removal/", register.entrance_removal, name="entrance_removal"),
    path(f"{BASE}<int:pk>/", homes.home, name="home"),
    path(f"{BASE}<int:pk>/edit/", homes.home_edit, name="home_edit"),
    path(f"{BASE}<int:pk>/removal/", homes.home_removal, name="home_removal"),
    path(f"{BASE}<int:pk>/titles/", homes.title_new, name="title_new"),
    path(f"{BASE}titles/<int:pk>/end/", homes.title_end, name="title_end"),
    path(f"{BASE}titles/<int:pk>/removal/", homes.title_removal, name="title_removal"),
    path(f"{BASE}<int:pk>/occupancies/", homes.occupancy_new, name="occupancy_new"),
    path(f"{BASE}occupancies/<int:pk>/end/", homes.occupancy_end, name="occupancy_end"),
]
