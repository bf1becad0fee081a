"""Models for the tests: files named after what they show, and small ones written in place."""

from pathlib import Path

from tuoban.kernel.dmn import DmnError, Model, read_model

MODELS = Path(__file__).parent / "models"
NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def load(name: str) -> Model:
    """The model of a file in the folder `models`."""
    return read_model((MODELS / f"{name}.dmn").read_bytes())


def written(body: str, *, lenient: bool = False) -> Model:
    """A model with this inside its `definitions`, which stand on line 1."""
    return read_model(around(body).encode(), lenient=lenient)


def around(body: str) -> str:
    return f'<definitions xmlns="{NAMESPACE}" name="m" namespace="urn:m">\n{body}\n</definitions>'


def literal(name: str, text: str, more: str = "") -> str:
    """A decision with a written expression."""
    return (
        f'<decision id="{name}" name="{name}">{more}'
        f"<literalExpression><text>{text}</text></literalExpression></decision>"
    )


def problems(body: str) -> list[tuple[int, int, str]]:
    """Line, column and code of everything that refuses a model."""
    try:
        written(body)
    except DmnError as error:
        return [(*each.place, each.code) for each in error.problems]
    return []
