"""A drawing as SVG: safe in any page, the same every time, and telling what is laid over it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from tests.kernel.engine.playing import HEADER, define
from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram import Mark, Overlay, lay, outline, stills, to_svg
from tuoban.kernel.diagram.overlay import PLAIN
from tuoban.kernel.language import PackText, compile_published

SVG = "{http://www.w3.org/2000/svg}"
PROCESS = """
- {step: look, zh: 看 <script>, en: 'Look <script> & "see"', by: worker}
- choose:
    - when: kind = "hard"
      then: [{step: think, zh: 想, en: Think, by: worker}]
- stage: shop
  zh: 车间
  en: Shop
  steps:
    - {step: mend, zh: 修, en: Mend, by: worker, returns-to: [look]}
    - {step: test, zh: 试, en: Test, by: worker, returns-to: [mend]}
- end: closed
"""


def drawn(definition: Definition, overlay: Overlay = PLAIN, language: str = "en") -> str:
    drawing = lay(definition, language=language, overlay=overlay)
    told = [line.text for line in outline(definition, language=language, overlay=overlay)]
    return to_svg(drawing, title="Play", told=told, overlay=overlay)


def elements(svg: str, name: str, kind: str = "") -> list[ET.Element]:
    found = ET.fromstring(svg).iter(SVG + name)  # noqa: S314 - our own text
    return [each for each in found if kind in each.get("class", "").split() or not kind]


def test_it_is_well_formed_and_holds_no_style_and_no_script() -> None:
    svg = drawn(define(PROCESS), Overlay())
    names = {each.tag.removeprefix(SVG) for each in ET.fromstring(svg).iter()}  # noqa: S314
    assert not names & {"script", "style", "foreignObject", "image"}
    assert not re.search(r"\s(style|on\w+)=", svg)
    assert "Look &lt;script&gt; &amp; &quot;see&quot;" in svg


def test_what_follows_a_cancelled_case_is_told_last() -> None:
    cancel = "cancel: {by: worker, then: [{step: sorry, zh: 致歉, en: Apologise, by: worker}]}\n"
    definition = compile_published(
        PackText(HEADER.replace("process:", cancel + "process:") + PROCESS)
    )
    assert [line.text for line in outline(definition, language="en")][-2:] == [
        "After cancelling",
        "Apologise",
    ]


def test_characters_that_xml_does_not_have_are_replaced() -> None:
    """A pack that was published before they were refused may hold some."""
    process = '  - {step: look, zh: 看, en: "Lo\\x07ok \\ud800", by: worker}\n  - end: closed\n'
    svg = drawn(compile_published(PackText(HEADER + process)))
    assert any("Lo\ufffdok" in "".join(each.itertext()) for each in elements(svg, "text"))


def test_it_is_the_same_every_time() -> None:
    assert drawn(define(PROCESS), Overlay()) == drawn(define(PROCESS), Overlay())


def test_it_is_an_image_with_a_title_and_the_same_in_words() -> None:
    root = ET.fromstring(drawn(define(PROCESS), Overlay(), "zh"))  # noqa: S314
    assert root.get("role") == "img"
    ids = (root.get("aria-labelledby") or "").split()
    assert [each.get("id") for each in root if each.get("id")] == ids
    words = root.findtext(f"{SVG}desc") or ""
    assert "修（可退回看 <script>）" in words


def test_what_is_laid_over_it_is_told_by_class_and_text() -> None:
    overlay = Overlay(
        {
            "look": Mark("done", "09:05 Li Lei"),
            "choose.1": Mark("passed"),
            "shop": Mark("current"),
            "mend": Mark("late", "late", count="2", href="#item-7"),
            "test": Mark("ahead"),
        }
    )
    svg = drawn(define(PROCESS), overlay)
    assert "09:05 Li Lei" in "".join(elements(svg, "g", "diagram-done")[-1].itertext())
    (late,) = elements(svg, "g", "diagram-late")
    assert [each.get("href") for each in late.iter(f"{SVG}a")] == ["#item-7"]
    assert ET.fromstring(svg).get("role") == "group"  # noqa: S314
    assert [*elements(svg, "g", "diagram-count")[0].itertext()] == ["2"]


def test_only_the_way_that_a_case_came_is_marked_as_gone() -> None:
    overlay = Overlay(
        {
            "look": Mark("done"),
            "choose.1": Mark("done"),
            "shop": Mark("current"),
            "mend": Mark("done"),
            "test": Mark("current"),
            "think": Mark("passed"),
            "end.1": Mark("ahead"),
        }
    )
    drawing = lay(define(PROCESS), overlay=overlay)
    gone = len(elements(to_svg(drawing, title="x", overlay=overlay), "g", "diagram-gone"))
    ways = [("start", "look"), ("look", "choose.1"), ("choose.1", "shop"), ("shop", "mend")]
    ways += [("mend", "test"), ("choose.1", "choose.1")]
    flows = [each for each in drawing.parts.edges if each.kind == "flow"]
    assert gone == sum((each.source, each.target) in ways for each in flows) == len(ways)


def test_a_drawing_for_several_moments_stands_still_and_has_room_for_each_of_them() -> None:
    definition = define(PROCESS)
    said = ("", "Li", "yesterday 23:59 Li Lei")
    overlays = [
        Overlay({"mend": Mark("done", note=each, count="10/12" if each else "")}) for each in said
    ]
    still = stills(definition, overlays, language="en")
    drawings = [still.under(each) for each in overlays]

    assert len({each.parts.boxes for each in drawings}) == 1
    box = next(each for each in drawings[0].parts.boxes if each.node == "mend")
    labels = [
        {each.kind: each for each in drawing.parts.labels if each.node == "mend"}
        for drawing in drawings
    ]
    assert [each["note"].lines for each in labels] == [("Worker",), ("Li",), (said[2],)]
    assert all(each["note"].width <= box.width for each in labels)
    assert ["mark" in each for each in labels] == [False, True, True]
