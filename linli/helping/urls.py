from django.urls import path

from linli.helping import views

app_name = "helping"
HERE = "c/<slug:slug>/helping/"

urlpatterns = [
    path(HERE, views.helping, name="page"),
    path(f"{HERE}new/", views.new, name="new"),
    path(f"{HERE}code/", views.code, name="code"),
    path(f"{HERE}mandates/<int:pk>/acceptance/", views.accept, name="accept"),
    path(f"{HERE}mandates/<int:pk>/end/", views.end, name="end"),
    path(f"{HERE}mandates/<int:pk>/start/", views.start, name="start"),
    path(f"{HERE}stop/", views.stop, name="stop"),
    path(f"{HERE}acts/", views.acts, name="acts"),
    path(f"{HERE}acts/<int:pk>/undo/", views.undo, name="undo"),
    path(f"{HERE}acts/print/", views.printed, name="printed"),
    path(f"{HERE}people/<int:pk>/acts/print/", views.printed_for, name="printed_for"),
    path(f"{HERE}paper/", views.paper, name="paper"),
    path(f"{HERE}paper/sheet/", views.sheet, name="sheet"),
    path(f"{HERE}paper/person/", views.enrol, name="enrol"),
]
