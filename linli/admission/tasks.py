from datetime import timedelta

from django.utils import timezone

from linli.admission import drawing  # noqa: F401  (registers its job)
from linli.admission.models import Sheaf
from linli.kernel import storage
from linli.kernel.jobs import daily


@daily("04:05")
def forget_drawn_letters() -> None:
    """The files hold codes: they go when the letters may no longer be printed."""
    over = timezone.now() - timedelta(hours=1)
    for sheaf in Sheaf.objects.filter(printable_until__lt=over).exclude(pdf_files={}):
        for name in sheaf.pdf_files.values():
            storage.delete(name)
        Sheaf.objects.filter(pk=sheaf.pk).update(pdf_files={})
