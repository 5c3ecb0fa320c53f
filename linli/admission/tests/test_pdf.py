import pytest
from django.utils import timezone

from linli.admission import actions, pdf
from linli.admission.models import Sheaf
from linli.homes.models import Unit
from linli.homes.reads import Scope
from linli.kernel import storage
from linli.kernel.testing import drain
from tests import factories
from tests.factories import Sunny

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheaf(sunny: Sunny, unit: Unit) -> Sheaf:
    scope = Scope(sunny.community.pk, unit_ids=(unit.pk,))
    return actions.make_letters(by=sunny.steward, scope=scope, kind="owner", days=90, now=timezone.now())


@pytest.mark.skipif(not pdf.pdf_available(), reason="this machine has no pango or no Chinese font")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_worker_draws_one_file_for_each_building(
    sunny: Sunny, unit: Unit, sheaf: Sheaf, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    steward = factories.logged_in(sunny.steward)
    address = f"/c/sunny/steward/letters/{sheaf.pk}/"
    for _twice in range(2):
        steward.post(f"{address}pdf/")
    drain()

    sheaf.refresh_from_db()
    building = unit.entrance.building_id
    file = steward.get(f"{address}pdf/{building}/")
    assert list(sheaf.pdf_files) == [str(building)]
    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF-")
    assert len(storage.path_of(sheaf.pdf_files[str(building)]).read_bytes()) == len(file.content)
    assert factories.logged_in(sunny.wang_qiang).get(f"{address}pdf/{building}/").status_code == 404


def test_without_pango_the_page_says_so_and_asks_for_nothing(
    sunny: Sunny, sheaf: Sheaf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.admission.views.letters.pdf_available", lambda: False)
    steward = factories.logged_in(sunny.steward)

    page = steward.get(f"/c/sunny/steward/letters/{sheaf.pk}/").content.decode()

    assert "pango" in page
    assert steward.post(f"/c/sunny/steward/letters/{sheaf.pk}/pdf/").status_code == 404
    sheaf.refresh_from_db()
    assert sheaf.pdf_asked_at is None


def test_a_machine_without_a_chinese_font_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    pdf.has_chinese_font.cache_clear()

    assert not pdf.has_chinese_font()
    pdf.has_chinese_font.cache_clear()
