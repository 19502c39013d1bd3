"""Limits that keep mathematics from hanging: the size of expressions and the time of a compilation."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pdel.expression import Expr, children

LARGEST_EXPRESSION = 20_000
"""Nodes of what is differentiated or results from it, shared subexpressions counted as often as they occur."""
LARGEST_STATEMENT = 200_000
"""Nodes of what is only read and evaluated: a sum of 20,000 terms is no mistake."""
DEEPEST_EXPRESSION = 250
"""Nodes from the root to a leaf: everything below it may recurse."""
SECONDS = 10.0
"""The processor time that the mathematics of one compilation may take: how busy the machine is, is no mistake."""

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class TooLarge(Exception):  # noqa: N818  (a limit, not an error of pdel)
    """An expression or a computation beyond the limits; `reason` completes "the mathematics ..."."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutOfTime(TooLarge):
    """The time limit is over."""

    def __init__(self) -> None:
        super().__init__("takes longer than the time limit allows")


@contextmanager
def time_limit(seconds: float = SECONDS) -> Iterator[None]:
    """Within it, `check_deadline` raises TooLarge once the time is over.

    In the main thread, where the system has interval timers, a timer raises it as well, so that a step
    which never asks ends too.
    """
    token = _deadline.set(time.thread_time() + seconds)
    armed = _arm(seconds)
    try:
        yield
    finally:
        if armed:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
        _deadline.reset(token)


def _arm(seconds: float) -> bool:
    """Starts the interval timer; False where there is none, or where somebody else uses it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    if signal.getsignal(signal.SIGPROF) is not signal.SIG_DFL:
        return False
    signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    return True


def _ring(_number: int, _frame: object) -> None:
    raise OutOfTime


def check_deadline() -> None:
    """Raises TooLarge where the time limit in force is over."""
    deadline = _deadline.get()
    if deadline is not None and time.thread_time() > deadline:
        raise OutOfTime


def check_size(expression: Expr, most: int = LARGEST_EXPRESSION) -> None:
    """Raises TooLarge for an expression with too many nodes or too deep a nesting.

    Takes time in proportion to the distinct nodes, however often they are shared.
    """
    measured: dict[int, tuple[int, int]] = {}
    stack: list[tuple[Expr, bool]] = [(expression, False)]
    while stack:
        node, ready = stack.pop()
        if id(node) in measured:
            continue
        operands = children(node)
        if operands and not ready:
            stack.append((node, True))
            stack.extend((operand, False) for operand in operands)
            continue
        sizes = [measured[id(operand)] for operand in operands]
        size = 1 + sum(item[0] for item in sizes)
        depth = 1 + max((item[1] for item in sizes), default=0)
        if size > most:
            raise TooLarge(f"has more than {most} parts")
        if depth > DEEPEST_EXPRESSION:
            raise TooLarge(f"is nested more than {DEEPEST_EXPRESSION} deep")
        measured[id(node)] = (size, depth)
