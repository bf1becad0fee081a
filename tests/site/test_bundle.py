"""Templates name the front-end files plainly; browsers get content-hashed files to keep."""

import gzip
import re
from contextlib import closing

import pytest
from django.templatetags.static import static
from django.test import Client

# The end of each answer lets go of database connections.
pytestmark = pytest.mark.django_db


def test_a_plain_name_leads_to_a_hashed_file_that_browsers_may_keep_for_ever(
    client: Client,
) -> None:
    address = static("desk/dist/desk.js")
    assert re.fullmatch(r"/static/desk/dist/desk-[\w-]{8}\.js", address)
    with closing(client.get(address)) as answer:
        assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
        assert answer["Content-Type"].startswith("text/javascript")


def test_files_travel_compressed(client: Client) -> None:
    address = static("desk/dist/desk.js")
    with (
        closing(client.get(address)) as plain,
        closing(client.get(address, headers={"accept-encoding": "gzip"})) as packed,
    ):
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.getvalue()) == plain.getvalue()


def test_the_licences_of_bundled_packages_are_shipped_with_them(client: Client) -> None:
    with closing(client.get("/static/desk/dist/licenses.md")) as answer:
        assert b"htmx.org" in answer.getvalue()
