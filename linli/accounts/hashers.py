"""How passwords are kept: Argon2id with little memory, so that a small machine serves many log-ins at once."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    memory_cost = 19 * 1024  # KiB; OWASP's first choice for machines that also do other things
    time_cost = 3
    parallelism = 1
