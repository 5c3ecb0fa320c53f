from django.urls import path

from linli.people import views

app_name = "people"
HERE = "c/<slug:slug>/"

urlpatterns = [
    path(f"{HERE}me/", views.me, name="me"),
    path(f"{HERE}me/preview/", views.preview, name="preview"),
    path(f"{HERE}me/leave/", views.leave, name="leave"),
    path(f"{HERE}people/", views.people, name="people"),
    path(f"{HERE}people/blocked/", views.blocked, name="blocked"),
    path(f"{HERE}people/<int:pk>/", views.person, name="person"),
    path(f"{HERE}people/<int:pk>/block/", views.block, name="block"),
    path(f"{HERE}people/<int:pk>/unblock/", views.unblock, name="unblock"),
    path(f"{HERE}phones/", views.phones, name="phones"),
]
