"""Where a demo log-in may be used: at a running demo, on the machine on which it runs."""

from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port

# A proxy on this machine makes every visitor look local; it names the real one in these.
_PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def may_use_demo_log_ins(request: HttpRequest) -> bool:
    """True at a server that `tuoban demo` started, for a request from its own machine.

    A relay or tunnel on this machine cannot be told from a local browser; only that it is asked
    for by another name gives it away. So it is the kind of server that decides first.
    """
    return settings.DEMO_LOG_INS and is_on_loopback(request)


def is_on_loopback(request: HttpRequest) -> bool:
    """True for a direct connection from this machine by one of its own names."""
    if any(name in request.headers for name in _PROXY_HEADERS):
        return False
    try:
        name, _ = split_domain_port(request.get_host())
        return name in _OWN_NAMES and ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except (DisallowedHost, ValueError):
        return False
