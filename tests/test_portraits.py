"""A portrait goes from the profile's form to the member's page; nothing else takes its place."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from linli.people.models import Member
from tests import factories
from tests.factories import logged_in

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "李梅", "about": "", "phone": "", "email": "", "about_shown": "members",
    "home_shown": "members", "phone_shown": "nobody", "email_shown": "nobody",
}  # fmt: skip


def photograph() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "JPEG")
    return SimpleUploadedFile("me.jpg", file.getvalue(), "image/jpeg")


def portrait_of(member: Member) -> str:
    return Member.objects.values_list("portrait", flat=True).get(pk=member.pk)


def test_a_portrait_is_taken_shown_and_taken_away(tmp_path: object) -> None:
    sunny = factories.sunny()
    client = logged_in(sunny.li_mei)
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        sent = client.post("/c/sunny/me/", FIELDS | {"portrait": photograph()})
        name = portrait_of(sunny.li_mei)
        address = f"/c/sunny/people/{sunny.li_mei.pk}/portrait-{name}-160.webp"
        page = logged_in(sunny.chen_jing).get(f"/c/sunny/people/{sunny.li_mei.pk}/").content.decode()
        picture = logged_in(sunny.chen_jing).get(address)
        client.post("/c/sunny/me/", FIELDS | {"no_portrait": "on"})

        assert sent.status_code == 303
        assert name
        assert address in page
        assert picture.status_code == 200
        assert portrait_of(sunny.li_mei) == ""


def test_what_is_no_picture_is_said_beside_the_field_and_changes_nothing() -> None:
    sunny = factories.sunny()

    response = logged_in(sunny.li_mei).post(
        "/c/sunny/me/", FIELDS | {"about": "爱种花", "portrait": SimpleUploadedFile("me.jpg", b"not a picture")}
    )

    assert response.status_code == 422
    assert 'id="id_portrait-error"' in response.content.decode()
    member = Member.objects.get(pk=sunny.li_mei.pk)
    assert (member.portrait, member.about) == ("", "")
