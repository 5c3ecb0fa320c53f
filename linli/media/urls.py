from django.urls import path

from linli.media import views

app_name = "media"
urlpatterns = [
    path("c/<slug:slug>/pictures/<int:pk>-<int:size>.webp", views.own_picture, name="own_picture"),
    path("c/<slug:slug>/enclosures/<int:pk>.<slug:suffix>", views.own_enclosure, name="own_enclosure"),
    path("c/<slug:slug>/picture-<slug:name>-<int:size>.webp", views.community_picture, name="community_picture"),
    path("c/<slug:slug>/people/<int:pk>/portrait-<slug:name>-<int:size>.webp", views.portrait, name="portrait"),
]
