"""Drawn signatures as SVG."""

from tuoban.faces.desk.ink import Drawing, drawing
from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries import SignatureShown


def signed(*strokes: tuple[tuple[float, float], ...]) -> SignatureShown:
    return SignatureShown(Text("客户", "client"), "王建国", strokes, erased=False)


def test_a_typed_name_has_no_drawing() -> None:
    assert drawing(signed()) is None


def test_every_stroke_is_a_line_and_a_tap_is_a_dot() -> None:
    found = drawing(signed(((10, 20), (30, 40), (50, 20)), ((60, 20),)))

    assert found == Drawing("6 16 58 28", "M10 20 L30 40 L50 20 M60 20 L60 20", 58, 28)


def test_a_large_drawing_is_shown_small_and_in_its_proportions() -> None:
    found = drawing(signed(((4, 4), (796, 96))))

    assert found is not None
    assert (found.view_box, found.width, found.height) == ("0 0 800 100", 240, 30)
