"""Whether a request comes from the machine on which Tuoban runs."""

from ipaddress import ip_address

from django.http import HttpRequest

# A proxy on this machine makes every visitor look local; it names the real one in these.
_PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def is_on_loopback(request: HttpRequest) -> bool:
    """True for a direct connection from this machine; a proxied one never counts."""
    if any(name in request.headers for name in _PROXY_HEADERS):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
