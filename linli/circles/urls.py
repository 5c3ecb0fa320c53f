from django.urls import path

from linli.circles import views

app_name = "circles"
urlpatterns = [
    path("c/<slug:slug>/circles/", views.index, name="index"),
    path("c/<slug:slug>/circles/new/", views.new, name="new"),
    path("c/<slug:slug>/circles/<int:pk>/", views.show, name="show"),
    path("c/<slug:slug>/circles/<int:pk>/edit/", views.edit, name="edit"),
    path("c/<slug:slug>/circles/<int:pk>/membership/", views.membership, name="membership"),
    path("c/<slug:slug>/circles/<int:pk>/members/<int:member_id>/", views.member_of, name="member"),
    path("c/<slug:slug>/circles/<int:pk>/closure/", views.closure, name="closure"),
]
