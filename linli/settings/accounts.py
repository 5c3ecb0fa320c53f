"""Settings of django-allauth, passwords and mail."""

from linli.settings.options import options

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"

_BACKENDS = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}
EMAIL_BACKEND = _BACKENDS[options.mail.kind]
EMAIL_FILE_PATH = options.mail.folder or None
EMAIL_HOST = options.mail.host
EMAIL_PORT = options.mail.port
EMAIL_HOST_USER = options.mail.user
EMAIL_HOST_PASSWORD = options.mail.password
EMAIL_USE_TLS = options.mail.starttls
EMAIL_USE_SSL = options.mail.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = options.mail_from

# Quick to check and costly to guess: 19 MiB and three rounds a hash (docs/decisions/0060-accounts.md). The second one
# reads passwords that Django's own default has made.
PASSWORD_HASHERS = [
    "linli.accounts.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# allauth keeps second steps, passkeys and the order of a log-in; pages, codes and limits are linli.accounts' own.
ACCOUNT_ADAPTER = "linli.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "linli.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "linli.accounts.forms.SecondStepForm",
    "activate_totp": "linli.accounts.forms.AuthenticatorForm",
}

# On a demo or a developer's machine codes are printed on the console and log-in links work.
LINLI_IS_TRIAL = options.demo or options.debug
