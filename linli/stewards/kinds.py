"""The five kinds as cards to choose from: what each brings, read from its template."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.people.kinds import template_for
from linli.people.models import Kind


@dataclass(frozen=True)
class KindCard:
    key: str
    name: str
    icon: str
    what: str
    sections: tuple[str, ...]


def kind_cards(language: str) -> tuple[KindCard, ...]:
    words = {
        Kind.RESIDENTIAL: (
            "building-2",
            _("A compound with buildings and homes: letters to every household, notices by building."),
        ),
        Kind.PRODUCT: ("store", _("A shop, a farm, a workshop and the people who buy there.")),
        Kind.INTEREST: ("bike", _("People who walk, sing, garden or play together.")),
        Kind.BRAND: ("heart-handshake", _("Those who make something and those who use it.")),
        Kind.KNOWLEDGE: ("book-open", _("A circle that reads, learns and answers questions.")),
    }
    return tuple(
        KindCard(kind.value, str(kind.label), icon, what, template_for(kind.value, language).sections)
        for kind, (icon, what) in words.items()
    )
