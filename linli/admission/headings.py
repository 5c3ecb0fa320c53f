"""Names the community to which a letter or an invitation leads, above the log-in form; the holder may know it."""

import re

from linli.accounts.headings import heading
from linli.admission.codes import plain_code
from linli.admission.models import Invitation, Letter
from linli.kernel.tokens import digest
from linli.people.models import Community

_WAYS_IN = re.compile(r"/(u|i|c)/([^/?]{1,80})/(join/)?(\?.*)?")


@heading
def community_of_way_in(path: str) -> str | None:
    found = _WAYS_IN.fullmatch(path)
    if found is None:
        return None
    way, key = found[1], found[2]
    if way == "u":
        letters = Letter.objects.filter(digest=digest(plain_code(key)))
        return letters.values_list("unit__entrance__building__community__name", flat=True).first()
    if way == "i":
        return Invitation.objects.filter(digest=digest(key)).values_list("community__name", flat=True).first()
    # A closed community's name is for those who belong, or hold one of the two above.
    return Community.objects.filter(slug=key, is_public=True).values_list("name", flat=True).first()
