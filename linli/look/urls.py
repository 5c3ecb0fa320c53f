from django.urls import path

from linli.look import views

app_name = "look"
urlpatterns = [
    path("look/", views.keep, name="keep"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.offline, name="offline"),
]
