"""Only somebody who is logged in sees a page of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from tuoban.faces.desk import uploads
from tuoban.faces.desk.contexts import LoginContext
from tuoban.faces.desk.rendering import is_htmx, page
from tuoban.faces.loopback import may_use_demo_log_ins
from tuoban.kernel.refusals import Problem
from tuoban.runtime.people.models import User

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: User
    upload_problems: tuple[Problem, ...]
    """Why files that came with it were not kept."""


NEVER_KEPT = ("csrfmiddlewaretoken", "password")
"""How the names of entries begin that no page repeats."""


def current_user(request: HttpRequest) -> User | None:
    """Who is logged in. A demo log-in ends where it may not be used, however it came there."""
    if not isinstance(request.user, User):
        return None
    if request.user.is_demo and not may_use_demo_log_ins(request):
        logout(request)
        return None
    return request.user


def check_staff(request: StaffRequest) -> None:
    """Only those who look after the organisation go on. Raises `PermissionDenied` for others."""
    if not request.user.is_staff:
        raise PermissionDenied


def signed_in(
    view: Callable[Concatenate[StaffRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """Let only people who are logged in through.

    A page is asked for again after logging in. A form that was sent after the session ended is
    kept on the log-in page and sent from there; to htmx the answer is 401, and its page stays.
    """

    @wraps(view)
    def check(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        if current_user(request) is not None:
            uploads.take_in(request)  # type: ignore[arg-type]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]
        if is_htmx(request):
            return HttpResponse(status=401)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path(), reverse("desk:login"))
        # Every value of a name: a form may hold several entries that are called alike.
        sent = request.POST.lists()
        kept = tuple((name, str(value)) for name, values in sent for value in values)
        kept = tuple(pair for pair in kept if not pair[0].startswith(NEVER_KEPT))
        context = LoginContext("", "", "", resume=request.path, kept=kept)
        return page(request, "login", context, status=401)

    return check
