from django.conf import settings
from django.db import models


class PasskeyHandle(models.Model):
    """The random name under which a device keeps a person's passkeys; tells whoever sees it nothing."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkey_handle")
    handle = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"passkeys of {self.person_id}"


class RecoverySheet(models.Model):
    """The printed code (恢复码) that lets somebody in who has forgotten the password; used once."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_sheet")
    secret = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sheet of {self.person_id}"
