"""The test suite: SQLite, or PostgreSQL by LINLI_TEST_DATABASE=postgres://user@host/name."""

import os
import tempfile

os.environ.setdefault("LINLI_DATA", tempfile.mkdtemp(prefix="linli-test-"))
os.environ.setdefault("LINLI_SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("LINLI_DATABASE", os.environ.get("LINLI_TEST_DATABASE", "sqlite"))

from linli.settings.base import *  # noqa: F403
from linli.settings.base import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LINLI_IS_TRIAL = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"] == "linli.kernel.sqlite":
    # Named, because pytest-django would make a file name out of the engine it does not know.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
