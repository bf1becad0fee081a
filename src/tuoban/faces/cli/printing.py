"""What the commands print for other programs."""

import json
from collections.abc import Mapping
from typing import Any

import click


def print_json(row: Mapping[str, Any]) -> None:
    """Print one JSON object, on a line of its own."""
    click.echo(json.dumps(row, ensure_ascii=False))
