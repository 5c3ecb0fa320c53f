from django.urls import path

from linli.tips import views

app_name = "tips"
urlpatterns = [
    path("c/<slug:slug>/tips/", views.index, name="index"),
    path("c/<slug:slug>/tips/shelf/", views.shelf, name="shelf"),
    path("c/<slug:slug>/tips/shelf/new/", views.new, name="new"),
    path("c/<slug:slug>/tips/shelf/<int:pk>/", views.edit, name="edit"),
    path("c/<slug:slug>/tips/shelf/<int:pk>/place/", views.place, name="place"),
]
