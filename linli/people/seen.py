"""Notes once a day that a member was here; the lit windows of the skyline count these."""

from django.utils import timezone

from linli.people.models import Member


def note_seen(member: Member) -> None:
    """One conditional update on the first visit of the day, none afterwards."""
    here = member.helper or member
    today = timezone.localtime().toordinal()
    if here.seen_day < today:
        Member.objects.filter(pk=here.pk, seen_day__lt=today).update(seen_day=today)
        here.seen_day = today
