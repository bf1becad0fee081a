"""The kernel: what a service process means, as pure functions on values.

Here live the pack language, the expressions, the definition, and `decide` and `evolve`.
Here may not live: Django, files, sockets, a clock, randomness, or any state between two calls.
"""

from tuoban.kernel.expressions import Expression, compile_expression, evaluate, explain, trace

__all__ = ["Expression", "compile_expression", "evaluate", "explain", "trace"]
