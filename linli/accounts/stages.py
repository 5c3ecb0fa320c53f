"""What may stand between a right password and being logged in."""

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.http import HttpRequest


class SecondStepStage(AuthenticateStage):  # type: ignore[misc]
    """Asks for a second step where an authenticator app is set up.

    A passkey alone does not ask for one: it is a quicker way in, and somebody who has one on the phone must still be
    able to log in with the password on a neighbour's computer.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if person is None or did_use_passwordless_login(request, person):
            return False
        return bool(is_mfa_enabled(person, [Authenticator.Type.TOTP]))
