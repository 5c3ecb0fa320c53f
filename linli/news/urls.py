from django.urls import path

from linli.news import views

app_name = "news"
urlpatterns = [
    path("c/<slug:slug>/news/", views.index, name="index"),
    path("c/<slug:slug>/news/new/", views.new, name="new"),
    path("c/<slug:slug>/news/stories/", views.mine, name="mine"),
    path("c/<slug:slug>/news/desk/", views.desk, name="desk"),
    path("c/<slug:slug>/news/stories/<int:pk>/", views.story, name="story"),
    path("c/<slug:slug>/news/stories/<int:pk>/edit/", views.edit, name="edit"),
    path("c/<slug:slug>/news/stories/<int:pk>/state/", views.state, name="state"),
]
