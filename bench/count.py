"""How many comments there are: `python -m bench.count`."""

import django

django.setup()

from linli.talk.models import Comment  # noqa: E402

if __name__ == "__main__":
    print(Comment.objects.count())  # noqa: T201
