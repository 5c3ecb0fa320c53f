"""All addresses of the site; each package brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from linli.site import refusing, views

COMMUNITY = "c/<slug:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.landing, name="landing"),
    path(COMMUNITY, views.home, name="home"),
    # The board early: each address tried before the right one costs a page a microsecond.
    path("", include("linli.entries.urls")),
    path("", include("linli.talk.urls")),
    path(f"{COMMUNITY}services/", views.services, name="services"),
    path("", include("linli.look.urls")),
    path("", include("linli.site.help.urls")),
    path("", include("linli.accounts.urls")),
    path("", include("linli.people.urls")),
    path("", include("linli.helping.urls")),
    path("", include("linli.homes.urls")),
    path("", include("linli.admission.urls")),
    path("", include("linli.stewards.urls")),
    path("", include("linli.notices.urls")),
    path("", include("linli.tips.urls")),
    path("", include("linli.welcome.urls")),
    path("", include("linli.news.urls")),
    path("", include("linli.media.urls")),
    path("", include("linli.circles.urls")),
    path("-/too-large/", refusing.too_large, name="too_large"),
]

handler400 = "linli.look.errors.bad_request"
handler403 = "linli.look.errors.forbidden"
handler404 = "linli.look.errors.not_found"
handler500 = "linli.look.errors.server_error"
