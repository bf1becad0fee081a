"""The ASGI application that `tuoban serve` runs."""

import os
import warnings

from django.core.asgi import get_asgi_application

from tuoban.runtime.files.rules import rules
from tuoban.site.bodies import BodyGuard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")

# Whitenoise opens static files synchronously; Django then reads them in a thread, which is fine.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")

_application = get_asgi_application()
application = BodyGuard(_application, rules().largest)
