"""Parts of addresses that several faces have."""

from functools import cache

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """The number of a row, which has no more digits than a database can count."""

    regex = "[0-9]{1,18}"


@cache
def use_rows() -> None:
    """Let addresses hold the number of a row, as `<row:item_id>`."""
    register_converter(RowConverter, "row")
