"""The engine: `decide` what follows from a command, `evolve` a state by an event.

`constructs` holds one module per construct and the table that joins them; the other modules each
hold one concern of open work (performers, gates, clocks, returning, completing). Nothing here knows
two constructs at once.
"""

from tuoban.kernel.engine.correcting import may_correct, spot_of
from tuoban.kernel.engine.decide import Decision, advance, decide
from tuoban.kernel.engine.evolve import evolve
from tuoban.kernel.engine.homes import home_if_asked
from tuoban.kernel.engine.jumping import may_jump
from tuoban.kernel.engine.jumping import targets as jump_targets
from tuoban.kernel.engine.reacting import reaction_place
from tuoban.kernel.engine.recording import step_place
from tuoban.kernel.engine.starting import may_be_offered, start_place
from tuoban.kernel.engine.wording import lock_reasons

__all__ = [
    "Decision",
    "advance",
    "decide",
    "evolve",
    "home_if_asked",
    "jump_targets",
    "lock_reasons",
    "may_be_offered",
    "may_correct",
    "may_jump",
    "reaction_place",
    "spot_of",
    "start_place",
    "step_place",
]
