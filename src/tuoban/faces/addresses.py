"""Addresses: parts of those of pages that several faces have, and from where somebody asks."""

from functools import cache
from ipaddress import ip_address, ip_network

from django.http import HttpRequest
from django.urls import register_converter
from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """The number of a row, which has no more digits than a database can count."""

    regex = "[0-9]{1,18}"


@cache
def use_rows() -> None:
    """Let addresses hold the number of a row, as `<row:item_id>`."""
    register_converter(RowConverter, "row")


def address_of(request: HttpRequest) -> str:
    """The address; of IPv6 the network, all of whose addresses are one customer's."""
    written = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(written)
    except ValueError:
        return str(written)
    return str(address if address.version == 4 else ip_network((address.packed, 64), strict=False))
