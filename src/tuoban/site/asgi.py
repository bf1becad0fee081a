"""The ASGI application that `tuoban serve` runs."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")

application = get_asgi_application()
