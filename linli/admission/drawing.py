"""The worker draws letters as PDF files; whoever asks for them imports this, so it stands below the views."""

import secrets

from django.utils import timezone

from linli.admission import actions
from linli.admission.models import Sheaf
from linli.admission.pdf import letters_pdf
from linli.admission.reads.letters import sheaf_page, sheets
from linli.kernel import storage
from linli.kernel.jobs import enqueue, job


@job(transactional=False)
def draw_letters(*, sheaf_id: int, building_id: int, language: str) -> None:
    """One building's letters; a job of its own, so that a long compound shows its progress."""
    now = timezone.now()
    sheaf = Sheaf.objects.get(pk=sheaf_id)
    if str(building_id) in sheaf.pdf_files:
        return
    drawn = letters_pdf(sheets(sheaf, building_id=building_id, now=now), language=language)
    name = storage.save(drawn, folder="letters", suffix=".pdf")
    actions.note_pdf(sheaf_id=sheaf_id, building_id=building_id, file=name)


def ask_for_all(sheaf: Sheaf, *, language: str) -> None:
    """One job for each building of the sheaf that has no file yet."""
    for building in sheaf_page(sheaf, now=timezone.now()).buildings:
        if not building.pdf:
            enqueue(
                draw_letters,
                key=f"letters:{sheaf.pk}:{building.id}:{secrets.token_hex(4)}",
                sheaf_id=sheaf.pk,
                building_id=building.id,
                language=language,
            )
