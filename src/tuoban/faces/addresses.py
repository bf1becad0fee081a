"""From where a request comes, by which those are counted of whom nothing else is known."""

from ipaddress import ip_address, ip_network

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address; of IPv6 the network, all of whose addresses are one customer's."""
    written = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(written)
    except ValueError:
        return str(written)
    return str(address if address.version == 4 else ip_network((address.packed, 64), strict=False))
