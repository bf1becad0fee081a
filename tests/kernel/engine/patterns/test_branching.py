"""Patterns 1 to 9, 28 to 33, 37, 38, 41 and 42: how ways part and come together."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import HEADER, Play
from tuoban.kernel.language import compile_pack


def test_wcp_01_sequence() -> None:
    play = Play(
        """
- {step: a, by: worker}
- {step: b, by: worker}
- end: done
"""
    ).start()
    assert play.open() == {"a"}
    assert play.do("a").open() == {"b"}
    assert play.do("b").state.status == "ended"


SPLIT = """
- parallel:
    - {step: a, by: worker}
    - {step: b, by: worker}
- {step: c, by: worker}
- end: done
"""


def test_wcp_02_parallel_split() -> None:
    assert Play(SPLIT).start().open() == {"a", "b"}


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_wcp_03_synchronization(order: str) -> None:
    play = Play(SPLIT).start()
    assert "c" not in play.do(order[0]).open()
    assert play.do(order[1]).open() == {"c"}


CHOICE = """
- choose:
    - when: kind = "hard"
      then: [{step: a, by: worker}]
    - when: amount > 10
      then: [{step: b, by: worker}]
    - otherwise: [{step: c, by: worker}]
- {step: d, by: worker}
- end: done
"""
CHOICES = [("hard", 20, "a"), ("hard", 1, "a"), ("easy", 20, "b"), ("easy", 1, "c")]


@pytest.mark.parametrize(("kind", "amount", "taken"), CHOICES)
def test_wcp_04_exclusive_choice(kind: str, amount: int, taken: str) -> None:
    assert Play(CHOICE).start(kind=kind, amount=amount).open() == {taken}


@pytest.mark.parametrize(("kind", "amount", "taken"), CHOICES)
def test_wcp_05_simple_merge(kind: str, amount: int, taken: str) -> None:
    assert Play(CHOICE).start(kind=kind, amount=amount).do(taken).open() == {"d"}


SOME = """
- parallel:
    - {step: a, by: worker, when: kind = "hard"}
    - {step: b, by: worker, when: amount > 10}
    - {step: c, by: worker}
- {step: d, by: worker}
- end: done
"""
SOMES = [("hard", 20, "abc"), ("hard", 1, "ac"), ("easy", 20, "bc"), ("easy", 1, "c")]


@pytest.mark.parametrize(("kind", "amount", "taken"), SOMES)
def test_wcp_06_multi_choice(kind: str, amount: int, taken: str) -> None:
    assert Play(SOME).start(kind=kind, amount=amount).open() == set(taken)


@pytest.mark.parametrize(("kind", "amount", "taken"), SOMES)
def test_wcp_07_structured_synchronizing_merge(kind: str, amount: int, taken: str) -> None:
    play = Play(SOME).start(kind=kind, amount=amount)
    for step in taken:
        assert "d" not in play.open()
        play.do(step)
    assert play.open() == {"d"}


CALLED = """\
  - parallel:
      - stage: first
        steps: [{step: a, by: worker}, {call: rest, as: after_a}]
      - stage: second
        steps: [{step: b, by: worker}, {call: rest, as: after_b}]
  - end: done
processes:
  rest:
    steps: [{step: c, by: worker}, {end: over}]
"""


def test_wcp_08_multi_merge() -> None:
    play = Play(compile_pack(HEADER + CALLED)).start().do("a")
    assert play.open() == {"after_a.c", "b"}
    assert play.do("b").open() == {"after_a.c", "after_b.c"}
    assert play.do("after_b.c").do("after_a.c").state.status == "ended"


FIRST_OF_ALL = """
- plan: asked
  steps:
    - {step: a, by: worker}
    - {step: b, by: worker}
    - {step: c, by: worker}
    - {step: d, by: worker, needs: [{that: THAT, else: Nobody has answered}]}
- end: done
"""
ONE = "a.at != null or b.at != null or c.at != null"
TWO = "count([a, b, c][at != null]) >= 2"


def first_of_all(that: str) -> str:
    return FIRST_OF_ALL.replace("THAT", f"'{that}'")


def is_locked(play: Play, step: str) -> bool:
    """Whether the step waits for what it needs, not yet open or open and locked."""
    waits = {each.node for each in play.state.turns}
    return step in waits or (step in play.open() and play.item(step).locked is not None)


@pytest.mark.parametrize("first", ["a", "b", "c"])
def test_wcp_09_structured_discriminator(first: str) -> None:
    play = Play(first_of_all(ONE)).start()
    assert is_locked(play, "d")
    assert not is_locked(play.do(first), "d")
    play.do("d")
    assert play.open() == {"a", "b", "c"} - {first}
    for step in sorted(play.open()):
        assert play.state.status == "running"
        play.do(step)
    assert play.state.status == "ended"


ONE_THIS_ROUND = "max(a.count, b.count, c.count) >= rounds.round"
TWO_THIS_ROUND = "count([a.count, b.count, c.count][item >= rounds.round]) >= 2"


def in_rounds(that: str) -> str:
    inside = first_of_all(that).replace("\n", "\n    ").replace("- end: done", "").rstrip()
    return (
        f"- repeat: rounds\n  until: rounds.round >= 2\n  at-most: 3\n  steps:{inside}\n- end: done"
    )


def test_wcp_28_blocking_discriminator() -> None:
    play = Play(in_rounds(ONE_THIS_ROUND)).start().do("b").do("d").do("a")
    assert play.open() == {"c"}
    play.do("c")
    assert play.open() == {"a", "b", "c"}
    assert is_locked(play, "d")


def test_wcp_29_cancelling_discriminator() -> None:
    play = Play(SPLIT.replace("- {step: c", "  join: any\n- {step: c")).start()
    assert play.do("a").open() == {"c"}
    assert play.do("c").state.status == "ended"


def test_wcp_30_structured_partial_join() -> None:
    play = Play(first_of_all(TWO)).start().do("c")
    assert is_locked(play, "d")
    assert not is_locked(play.do("a"), "d")
    play.do("d")
    assert play.open() == {"b"}
    assert play.do("b").state.status == "ended"


def test_wcp_31_blocking_partial_join() -> None:
    play = Play(in_rounds(TWO_THIS_ROUND)).start().do("b").do("a").do("d")
    assert play.open() == {"c"}
    play.do("c")
    assert play.open() == {"a", "b", "c"}
    assert is_locked(play, "d")


def test_wcp_32_cancelling_partial_join() -> None:
    play = Play(
        """
- parallel:
    - {step: a, by: worker}
    - {step: b, by: worker}
    - {step: c, by: worker}
  join: 2
- {step: d, by: worker}
- end: done
"""
    ).start()
    assert play.do("b").open() == {"a", "c"}
    assert play.do("c").open() == {"d"}


NESTED = """
- parallel:
    - choose:
        - when: kind = "hard"
          then: [{step: a, by: worker}, {step: b, by: worker}]
    - stage: more
      when: amount > 10
      steps:
        - parallel:
            - {step: c, by: worker}
            - {step: d, by: worker, when: amount > 20}
    - {step: e, by: worker}
- {step: f, by: worker}
- end: done
"""


@pytest.mark.parametrize(
    ("kind", "amount", "taken"),
    [("hard", 30, "abcde"), ("hard", 1, "abe"), ("easy", 15, "ce"), ("easy", 1, "e")],
)
def test_wcp_37_local_synchronizing_merge(kind: str, amount: int, taken: str) -> None:
    play = Play(NESTED).start(kind=kind, amount=amount)
    for step in taken:
        assert "f" not in play.open()
        play.do(step)
    assert play.open() == {"f"}


CROSSING = """
- parallel:
    - stage: one
      steps:
        - {step: a, by: worker, form: [good]}
        - choose:
            - when: good = true
              then: [{step: b, by: worker}]
        - {step: e, by: worker, needs: [c]}
    - stage: two
      steps:
        - {step: c, by: worker}
        - {step: d, by: worker, needs: [b]}
- end: done
"""


def test_wcp_38_general_synchronizing_merge() -> None:
    """Whether the need of d will ever be met is known only once the other branch has chosen."""
    play = Play(CROSSING).start().do("c")
    assert is_locked(play, "d")
    assert not is_locked(play.do("a", good=False), "d")
    play = Play(CROSSING).start().do("c").do("a", good=True)
    assert is_locked(play, "d")
    assert not is_locked(play.do("b"), "d")
    assert play.do("d").do("e").state.status == "ended"


THREADS = """
- each: thread
  in: '[1, 2, 3]'
  steps: [{step: a, by: worker}]
- {step: b, by: worker}
- end: done
"""


def test_wcp_41_thread_merge() -> None:
    play = Play(THREADS).start()
    play.do("a").do("a")
    assert play.open() == {"a"}
    assert play.do("a").open() == {"b"}


def test_wcp_42_thread_split() -> None:
    play = Play(THREADS).start()
    assert [item.node for item in play.state.items.values()] == ["a", "a", "a"]
