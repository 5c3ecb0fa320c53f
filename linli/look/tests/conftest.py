from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.utils import translation


@pytest.fixture(autouse=True)
def sample_site(settings):
    """The pages of the gallery, so that these tests need no package above this one."""
    settings.ROOT_URLCONF = "linli.look.tests.gallery"
    settings.LINLI_FRAME = "linli.look.tests.gallery.frame_for"
    with translation.override("en"):
        yield


@pytest.fixture
def ask():
    """A request as the visit middleware leaves it."""

    def make(path="/", *, method="get", language="en", size="standard", theme="light", **headers):
        request = getattr(RequestFactory(), method)(path, headers=headers)
        request.visit = SimpleNamespace(language=language, theme=theme, size=size, person=None)
        request._messages = CookieStorage(request)
        request.META["CSRF_COOKIE"] = "s" * 32
        return request

    return make
