from django.db.models import Q

from linli.kernel.jobs import enqueue, job
from linli.talk.models import Comment
from linli.talk.rebuilding import rebuild_comments


@job(transactional=False)
def rebuild_comments_of(*, member_id: int, after: int = 0) -> None:
    """All comments that show this member's name, home or role, batch by batch, as in `entries.tasks`."""
    mine = Comment.objects.filter(Q(author=member_id) | Q(helper=member_id))
    last = rebuild_comments(mine, after)
    if last is not None:
        enqueue(rebuild_comments_of, key=f"comments-of:{member_id}:{last}", member_id=member_id, after=last)
