from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

QUESTION = "question"


class TalkConfig(AppConfig):
    name = "linli.talk"
    label = "talk"

    def ready(self) -> None:
        from linli.entries.feet import join_likes_with  # after the apps are loaded
        from linli.entries.kinds import EntryKind, register
        from linli.entries.reads.feeds import mute_with
        from linli.talk.models import muted_for
        from linli.talk.panels import question_panel
        from linli.talk.reads import entry_like

        join_likes_with(entry_like)
        mute_with(muted_for)
        register(
            EntryKind(
                key=QUESTION,
                label=_("A question"),
                icon="circle-question-mark",
                colour="sky",
                is_composed=True,
                hint=_("Somebody here knows"),
                waiting=_("Waiting for an answer"),
                settled=_("Solved"),
                panel=question_panel,
            )
        )
