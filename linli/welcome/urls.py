from django.urls import path

from linli.welcome import views

app_name = "welcome"
urlpatterns = [
    path("c/<slug:slug>/welcome/", views.welcome, name="welcome"),
    path("c/<slug:slug>/welcome/away/", views.away, name="away"),
    path("c/<slug:slug>/steward/welcome/", views.words, name="words"),
    path("c/<slug:slug>/steward/newcomers/", views.newcomers, name="newcomers"),
    path("c/<slug:slug>/steward/newcomers/<int:pk>/greeting/", views.greeting, name="greeting"),
]
