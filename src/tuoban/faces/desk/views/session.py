"""Logging in and out, the language of the pages, and coming back after a session has ended."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tuoban.faces.desk import throttle
from tuoban.faces.desk.contexts import AnswerContext, LoginContext, ResumeContext
from tuoban.faces.desk.rendering import page
from tuoban.faces.desk.signed_in import StaffRequest, current_user, signed_in
from tuoban.faces.language import is_offered, remember
from tuoban.faces.loopback import may_use_demo_log_ins
from tuoban.faces.posted import plain
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people.attempts import PAUSE
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import set_language

KEPT = "kept."
CHOSEN = "language"
"""In the session of somebody not logged in yet: the language they have just chosen."""


@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; afterwards go where the person was going."""
    if request.method == "GET":
        return page(request, "login", LoginContext("", _next(request.GET.get("next", "")), ""))
    name = plain(request.POST.get("username", "")).strip()
    user, problem = _check(request, name)
    if user is None:
        context = LoginContext(
            name, _next(request.POST.get("next", "")), problem, _resume(request), _kept(request)
        )
        return page(request, "login", context, status=422)
    chosen = request.session.pop(CHOSEN, "")
    login(request, user)
    response = _welcome(request, user, chosen)
    throttle.remember_browser(request, response, name)
    return response


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:login")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, to this person wherever they log in.

    Chosen before logging in, it holds in this browser until that is closed or the person logs
    out: whoever helps somebody at a shared machine changes nobody's own language.
    """
    response = redirect(_next(request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if is_offered(language):
        user = current_user(request)
        if user is not None:
            remember(response, language)
            set_language(user, language)
        else:
            remember(response, language, lasting=False)
            request.session[CHOSEN] = language
    return response


@never_cache
@require_GET
def session(request: HttpRequest) -> HttpResponse:
    """Tell a page that stayed open who is logged in now, with a fresh token for its forms."""
    user = current_user(request)
    if user is None:
        return HttpResponse(status=401)
    return JsonResponse({"user": str(user.pk), "token": get_token(request)})


@require_GET
@signed_in
def back(request: StaffRequest) -> HttpResponse:
    """Where a log-in in a new tab leads: back to the page that waits."""
    text = _("Go back to the page you were working on; everything you typed is still there.")
    return page(request, "answer", AnswerContext(_("You are logged in again"), text))


def _check(request: HttpRequest, name: str) -> tuple[User | None, str]:
    attempt = throttle.attempt_of(request, name)
    if not attempt.may_go_on(now()):
        minutes = int(PAUSE.total_seconds()) // 60
        problem = _("Too many failed attempts. Wait %(minutes)d minutes, then try again.")
        return None, problem % {"minutes": minutes}
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if not isinstance(user, User):
        return None, _("User name and password do not match. Check both and try again.")
    if user.is_demo and not may_use_demo_log_ins(request):
        return None, _("Demo accounts work only in the demo, on the computer on which it runs.")
    attempt.went_well()
    return user, ""


def _welcome(request: HttpRequest, user: User, chosen: str) -> HttpResponse:
    resume, kept = _resume(request), _kept(request)
    if resume:
        response = page(request, "resume", ResumeContext(resume, kept))
    else:
        response = redirect(_next(request.POST.get("next", "")))
    if chosen:
        remember(response, chosen, lasting=False)
    else:
        remember(response, user.language)
    return response


def _next(address: str) -> str:
    """The address if it lies on this desk, else my work."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("desk:work")


def _resume(request: HttpRequest) -> str:
    address = request.POST.get("resume", "")
    return _next(address) if address else ""


def _kept(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.removeprefix(KEPT), str(value))
        for name, values in request.POST.lists()
        if name.startswith(KEPT)
        for value in values
    )
