"""The operator's console (运维): Django's admin with our own door and log-in; a place to look, with few things to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.auth import logout
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import actions
from linli.accounts.numbers import grouped
from linli.kernel.models import Heartbeat, Job, RecordedFact
from linli.kernel.refusals import Refused
from linli.kernel.running import retry_dead
from linli.people.doors import operator_page
from linli.people.models import Community, Member, Person, Session

# Tables in the words of those who look after the server.
NAMES = {
    "Person": _("Accounts"),
    "Session": _("Log-ins"),
    "Community": _("Communities"),
    "Member": _("Members"),
    "RecordedFact": _("Facts"),
    "Job": _("Jobs"),
    "Heartbeat": _("Workers"),
}


class OperatorSite(admin.AdminSite):
    site_header = site_title = _("Linli: operators")
    index_title = _("What is on this server")
    enable_nav_sidebar = False

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            for model in app["models"]:
                model["name"] = NAMES[model["object_name"]]
        return apps

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.visit.person
        return person is not None and person.is_operator

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        @operator_page
        def entered(request: HttpRequest, _person: Person, *args: Any, **kwargs: Any) -> HttpResponse:
            return inner(request, *args, **kwargs)

        return wraps(inner, updated=())(entered)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect("/account/login/?next=/operator/")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        logout(request)
        return HttpResponseRedirect("/", status=303)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponseRedirect("/me/password/")


operator_site = OperatorSite(name="operator")


if TYPE_CHECKING:
    ModelPage = admin.ModelAdmin[models.Model]
else:
    ModelPage = admin.ModelAdmin


class ToRead(ModelPage):
    """Shows rows; what may be done with them are actions of the domain, never edits of columns."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Person, site=operator_site)
class PersonPage(ToRead):
    list_display = ("name", "linli_number", "registered_at", "last_login", "is_active", "is_operator")
    list_filter = ("is_active", "is_operator")
    search_fields = ("=number", "name")
    search_help_text = _("Number without spaces, or a part of the name")
    ordering = ("-registered_at",)
    fields = ("name", "number", "language", "registered_at", "last_login", "is_active", "is_operator", "erased_at")
    actions = ("suspend", "readmit", "recovery_code")

    @admin.display(description=_("Linli number"))
    def linli_number(self, person: Person) -> str:
        return grouped(person.number)

    @admin.action(description=_("Suspend: nobody can log in with these accounts"))
    def suspend(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        self._each(request, people, actions.suspend)

    @admin.action(description=_("Readmit suspended accounts"))
    def readmit(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        self._each(request, people, actions.readmit)

    @admin.action(description=_("Make a recovery code for somebody locked out"))
    def recovery_code(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        if people.count() != 1:
            messages.error(request, _("Choose one person only."))
            return
        person = people.get()
        code = actions.make_sheet(person=person, by=request.visit.person, now=timezone.now())
        spoken = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
        messages.warning(
            request,
            _("Recovery code for %(name)s, shown only now: %(code)s. Hand it over in person, to nobody else.")
            % {"name": person.name, "code": spoken},
        )

    def _each(self, request: HttpRequest, people: QuerySet[Person], act: Callable[..., None]) -> None:
        for person in people:
            try:
                act(by=request.visit.person, person=person, now=timezone.now())
            except Refused as refused:
                messages.error(request, refused.refusal.message)


@admin.register(Community, site=operator_site)
class CommunityPage(ToRead):
    list_display = ("name", "slug", "kind", "language", "is_public", "founded_at")
    search_fields = ("name", "=slug")
    ordering = ("-founded_at",)
    fields = ("name", "slug", "kind", "language", "time_zone", "is_public", "founded_at")


@admin.register(Member, site=operator_site)
class MemberPage(ToRead):
    """Who holds which office where; profiles are not an operator's business."""

    list_display = ("name", "community", "roles", "joined_at", "left_at")
    list_select_related = ("community",)
    search_fields = ("name", "=community__slug")
    ordering = ("-joined_at",)
    fields = ("name", "community", "roles", "joined_at", "left_at")


@admin.register(Session, site=operator_site)
class SessionPage(ToRead):
    """Without keys: whoever reads one could come in with it."""

    list_display = ("person", "device", "created_at", "seen_at", "expire_date")
    list_display_links = None
    list_select_related = ("person",)
    search_fields = ("=person__number",)
    ordering = ("-seen_at",)
    fields = ("person", "device", "created_at", "seen_at", "expire_date")

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return obj is None


@admin.register(RecordedFact, site=operator_site)
class FactPage(ToRead):
    list_display = ("id", "kind", "at", "community_id", "person_id", "helper_id", "dispatched_at")
    search_fields = ("=kind",)
    ordering = ("-id",)


@admin.register(Job, site=operator_site)
class JobPage(ToRead):
    """Without arguments: they may hold a code or an address on its way."""

    list_display = ("id", "task", "run_at", "attempts", "dead_at")
    list_filter = (("dead_at", admin.EmptyFieldListFilter),)
    search_fields = ("task",)
    ordering = ("-id",)
    fields = ("task", "run_at", "attempts", "dead_at", "error", "created_at")
    actions = ("again",)

    @admin.action(description=_("Run all jobs again that were given up"))
    def again(self, request: HttpRequest, _jobs: QuerySet[Job]) -> None:
        messages.info(request, _("%(num)s jobs will run again.") % {"num": retry_dead(now=timezone.now())})


@admin.register(Heartbeat, site=operator_site)
class WorkerPage(ToRead):
    list_display = ("name", "started_at", "at")
    ordering = ("name",)
