from django.http import HttpRequest

from linli.people.models import Person


def keep_look(request: HttpRequest, **chosen: str) -> None:
    """Keep language, theme and size on the person, so that they follow to every device."""
    visit = getattr(request, "visit", None)
    if visit and visit.person:
        Person.objects.filter(pk=visit.person.pk).update(**chosen)
