from django.urls import path

from linli.site.help import views

app_name = "help"
urlpatterns = [
    path("help/", views.index, name="index"),
    path("help/all/", views.booklet, name="booklet"),
    path("help/<slug:name>/", views.show, name="show"),
]
