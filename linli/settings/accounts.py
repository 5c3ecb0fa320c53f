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

ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["password1*"]
