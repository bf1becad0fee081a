"""From where a request comes, by which those are counted of whom nothing else is known."""

from ipaddress import IPv4Address, ip_address, ip_network

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address; of IPv6 the network, all of whose addresses are one customer's.

    A socket for both kinds writes those of IPv4 as one such network: each counts for itself.
    """
    written = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(written)
    except ValueError:
        return str(written)
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address.packed, 64), strict=False))
