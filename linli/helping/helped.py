"""Topics and acts of what stands below this package: the profile and the community's rules."""

from collections.abc import Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from linli.facts.people import AgreementAccepted, MemberRenamed, ProfileEdited
from linli.helping import acts, topics
from linli.helping.acts import Told
from linli.people.models import Member

topics.register(
    topics.Topic(
        key="profile",
        label=gettext_lazy("Profile"),
        explanation=gettext_lazy("Change name, picture, telephone and e-mail, and who sees them; accept new rules."),
        icon="user-round",
        position=30,
    )
)

_FIELDS = {
    "name": gettext_lazy("name"),
    "about": gettext_lazy("about me"),
    "phone": gettext_lazy("phone"),
    "email": gettext_lazy("e-mail"),
    "portrait": gettext_lazy("picture"),
    "about_shown": gettext_lazy("who sees what is written about me"),
    "home_shown": gettext_lazy("who sees my home"),
    "phone_shown": gettext_lazy("who sees my phone"),
    "email_shown": gettext_lazy("who sees my e-mail"),
}


def _tell_profile(member: Member, facts: Sequence[ProfileEdited]) -> list[Told]:
    url = f"/c/{member.community.slug}/me/"
    comma = "、" if get_language() == "zh-hans" else ", "
    return [
        Told(
            words=_("Changed the profile: %(fields)s")
            % {"fields": comma.join(str(_FIELDS.get(name, name)) for name in fact.fields)},
            url=url,
        )
        for fact in facts
    ]


def _tell_rules(member: Member, facts: Sequence[AgreementAccepted]) -> list[Told]:
    return [Told(words=_("Accepted the community's rules (version %(num)s)") % {"num": fact.version}) for fact in facts]


acts.register(ProfileEdited, _tell_profile)
acts.register(AgreementAccepted, _tell_rules)
acts.mute(MemberRenamed)
