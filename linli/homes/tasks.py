from datetime import timedelta

from django.utils import timezone

from linli.homes import actions
from linli.homes.models import RegisterDraft
from linli.kernel.jobs import daily


@daily("00:10")
def end_due_occupancies() -> None:
    actions.end_due(now=timezone.now())


@daily("03:40")
def forget_drafts() -> None:
    RegisterDraft.objects.filter(uploaded_at__lt=timezone.now() - timedelta(days=1)).delete()
