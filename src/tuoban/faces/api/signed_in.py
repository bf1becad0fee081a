"""Only somebody who is logged in is answered: by the session of the desk, in their language."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.security import APIKeyCookie

from tuoban.faces.api.language import accepted
from tuoban.faces.loopback import may_use_demo_log_ins
from tuoban.runtime.people.models import User


class ApiRequest(HttpRequest):
    """A request of somebody who is logged in."""

    auth: User


class Session(APIKeyCookie):
    """The cookie that the desk's log-in sets."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        # Nothing is changed by what is only read, so no request has to prove where it comes from.
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """Who asks; their language is spoken from here on, unless the request names one."""
        user = request.user
        if not isinstance(user, User) or (user.is_demo and not may_use_demo_log_ins(request)):
            return None
        if accepted(request) is None:
            translation.activate(user.language)
        return user
