"""Whether a module compiles the gradient of its loss, and the blocks of points for which it is then taken.

Between two products of matrices the channels of a layer are written and read. Where they do not fit into the cache, the
processor waits for memory: 2540 points took 1.2 to 1.8 times as long at once as in five blocks, and in ten no less than
in five, whether layers were of 20 or of 64 and numbers of 4 or 8 bytes. A block costs a call of the graph, 0.1 ms.
"""

from __future__ import annotations

from pdel.methods.registry import takes_gradients
from pdel.plan.plan import Plan, PointSet

CACHE = 2**19
"""Bytes for the channels of a layer that the cache of a core holds on common processors: more are cut into blocks."""

FEWEST = 500
"""Points of a block: with fewer, calls and thin products of matrices cost what the cache saves."""

REPEATED = 0.1
"""Points that stand in every block because they cannot be divided: at most this share of the largest set."""


def compiles(plan: Plan) -> bool:
    """Whether the module can compile the gradient of its loss: not where no phase takes it."""
    return takes_gradients(phase.name for phase in plan.all_phases)


def blocks(plan: Plan) -> int:
    """The number of equal blocks: the most with FEWEST points of the largest set, where its channels fill the cache.

    Sets that cannot be divided so are whole in every block. Where no phase takes a gradient, nothing is compiled.
    """
    if not (plan.jets and compiles(plan)):
        return 1
    largest = max(plan.point_sets, key=lambda points: _bytes(plan, points))
    if _bytes(plan, largest) <= CACHE:
        return 1
    count = max(count for count in range(1, max(largest.count // FEWEST, 1) + 1) if largest.count % count == 0)
    repeated = sum(number for number in _other_numbers(plan, largest) if number % count)
    return count if repeated * (count - 1) <= REPEATED * largest.count else 1


def _other_numbers(plan: Plan, largest: PointSet) -> list[int]:
    """The numbers of points of the other sets and of observations."""
    return [*(points.count for points in plan.point_sets if points is not largest), *(data.rows for data in plan.data)]


def _bytes(plan: Plan, points: PointSet) -> int:
    """What the channels of one layer hold at the points of a set."""
    channels = max((1 + len(jet.channels) for jet in plan.jets if points.name in jet.point_sets), default=1)
    number = 4 if plan.precision == "float32" else 8
    return points.count * channels * int(plan.network.method.option("width")) * number
