from django.urls import path

from linli.entries import views

app_name = "entries"
urlpatterns = [
    path("c/<slug:slug>/", views.feed, name="feed"),
    path("c/<slug:slug>/board/", views.feed, name="board"),
    path("c/<slug:slug>/board/position/", views.position, name="position"),
    path("c/<slug:slug>/post/", views.new, name="new"),
    path("c/<slug:slug>/entries/<int:pk>/edit/", views.edit, name="edit"),
    path("c/<slug:slug>/entries/<int:pk>/deletion/", views.deletion, name="deletion"),
    path("c/<slug:slug>/entries/<int:pk>/history/", views.history, name="history"),
    path("c/<slug:slug>/entries/<int:pk>/feature/", views.feature, name="feature"),
    path("c/<slug:slug>/entries/<int:pk>/pin/", views.pin, name="pin"),
    path("c/<slug:slug>/entries/<int:pk>/share/", views.share, name="share"),
    path("c/<slug:slug>/entries/<int:pk>/enclosures/", views.enclosures, name="enclosures"),
    path(
        "c/<slug:slug>/entries/<int:pk>/enclosures/<int:enclosure_id>.<slug:suffix>",
        views.enclosure,
        name="enclosure",
    ),
    path(
        "c/<slug:slug>/entries/<int:pk>/<int:picture_id>-<int:size>.webp",
        views.picture,
        name="picture",
    ),
]
