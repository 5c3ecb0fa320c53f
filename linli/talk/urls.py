from django.urls import path

from linli.talk import views

app_name = "talk"
urlpatterns = [
    path("c/<slug:slug>/entries/<int:pk>/", views.entry, name="entry"),
    path("c/<slug:slug>/entries/<int:pk>/comments/", views.comments, name="comments"),
    path("c/<slug:slug>/entries/<int:pk>/like/", views.like, name="like"),
    path("c/<slug:slug>/entries/<int:pk>/reactions/", views.reactions, name="reactions"),
    path("c/<slug:slug>/entries/<int:pk>/mark/", views.mark, name="mark"),
    path("c/<slug:slug>/entries/<int:pk>/seen/", views.thread_seen, name="thread_seen"),
    path("c/<slug:slug>/kept/", views.marked, name="marked"),
    path("c/<slug:slug>/people/<int:pk>/mute/", views.member_muted, name="member_muted"),
    path("c/<slug:slug>/comments/<int:pk>/like/", views.comment_like, name="comment_like"),
    path("c/<slug:slug>/entries/<int:pk>/answer/", views.answer_taken_back, name="answer_taken_back"),
    path("c/<slug:slug>/comments/<int:pk>/answer/", views.answer, name="answer"),
    path("c/<slug:slug>/comments/<int:pk>/acceptance/", views.acceptance, name="acceptance"),
    path("c/<slug:slug>/comments/<int:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("c/<slug:slug>/comments/<int:pk>/deletion/", views.comment_deletion, name="comment_deletion"),
]
