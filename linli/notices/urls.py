from django.urls import path

from linli.notices import views

app_name = "notices"
urlpatterns = [
    path("c/<slug:slug>/notices/", views.index, name="list"),
    path("c/<slug:slug>/notices/new/", views.new, name="new"),
    path("c/<slug:slug>/notices/<int:pk>/edit/", views.edit, name="edit"),
    path("c/<slug:slug>/notices/<int:pk>/readers/", views.readers, name="readers"),
    path("c/<slug:slug>/notices/plans/<int:pk>/deletion/", views.plan_deletion, name="plan_deletion"),
    path("c/<slug:slug>/notices/<int:pk>/readers.csv", views.readers_table, name="readers_table"),
    path("c/<slug:slug>/notices/<int:pk>/sheets/", views.sheets, name="sheets"),
    path("c/<slug:slug>/notices/<int:pk>/paper/", views.paper, name="paper"),
    path("c/<slug:slug>/notices/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("c/<slug:slug>/notices/<int:pk>/seen/", views.opened, name="seen"),
    path("c/<slug:slug>/notices/<int:pk>/end/", views.end, name="end"),
]
