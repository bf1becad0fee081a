"""Files that are broken at random are read and decided, or refused; nothing else happens."""

import random
import re

import pytest

from tests.kernel.dmn.support import MODELS
from tuoban.kernel.dmn import DmnError, Model, as_pack_table, read_model
from tuoban.kernel.expressions import BudgetExceeded

PIECES = [
    re.findall(r"<[^>]*>|[^<]+", path.read_text("utf-8")) for path in sorted(MODELS.glob("*.dmn"))
]
CHARACTERS = "<>&\"'[]().,-+ 0中"
LANGUAGES = ("zh", "en")
VALUES = (1, "x", None, [1], {"a": 1})


def broken(random_: random.Random) -> bytes:
    """A model of the folder with up to three pieces lost, moved, doubled or misspelt."""
    pieces = list(random_.choice(PIECES))
    for _ in range(random_.randint(1, 3)):
        at = random_.randrange(1, len(pieces))
        kind = random_.randrange(4)
        if kind == 0:
            del pieces[at]
        elif kind == 1:
            pieces.insert(at, random_.choice(random_.choice(PIECES)))
        elif kind == 2:
            pieces[at] = random_.choice(pieces)
        else:
            inside = random_.randrange(len(pieces[at]))
            misspelt = random_.choice(CHARACTERS)
            pieces[at] = pieces[at][:inside] + misspelt + pieces[at][inside + 1 :]
    return "".join(pieces).encode()


def use(model: Model, random_: random.Random) -> None:
    """Decide everything, and print every table; raises what that may raise."""
    for part in model.parts.values():
        if part.kind != "inputData":
            inputs = {name: random_.choice(VALUES) for name in model.inputs(part)}
            model.decide(part.name, inputs, budget=20_000)
        if part.kind == "decision":
            as_pack_table(model, part.name)


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("seed", range(150))
def test_a_broken_file_is_used_or_refused(seed: int, lenient: bool) -> None:
    random_ = random.Random(seed)  # noqa: S311 - the same files every time
    xml = broken(random_)
    told = ["used"]
    try:
        use(read_model(xml, lenient=lenient), random_)
    except DmnError as error:
        told = [problem.describe(language) for problem in error.problems for language in LANGUAGES]
    except BudgetExceeded as error:
        told = [error.describe("en")]
    assert all(told)
