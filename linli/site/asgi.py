"""The ASGI application of a Linli server, for granian and uvicorn alike: `linli.site.asgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.settings.base")

from linli.site.server.start import outer_app

application = outer_app()
