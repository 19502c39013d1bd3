"""Places beside which a solution is not smooth: what networks, residuals, conditions and points make of them.

Beside a corner that points inwards, or where conditions change from one kind to another on a straight side, a solution
is a smooth function of x, y and the real and imaginary part of a power of x + i*y. So a network is given these as
further inputs, the residual of an equation of order m is multiplied by r^m, some points are drawn towards every such
place, and boundary conditions enter the loss.

G. J. Fix, S. Gulati, G. I. Wakoff, J. Comput. Phys. 13 (1973) 209-228, on singular functions among trial functions.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdel.expression import Coordinate
from pdel.expression import power as to_the
from pdel.maths.model import Vertex
from pdel.notation import notation, point_notation

ROUGH = (
    "beside a corner that points inwards, and where conditions change along a side from values to derivatives along "
    "the normal, the solution is not smooth, and nothing is done about it"
)


def vertex_reason(vertices: Sequence[Vertex]) -> str:
    """What is done about such places, and why."""
    kinds: dict[str, list[str]] = {}
    for vertex in vertices:
        power = notation(to_the(Coordinate("z"), vertex.exponent.expression))
        kinds.setdefault(f"{power}*log(z)" if vertex.logarithm else power, []).append(point_notation(vertex.place))
    listed = "; ".join(f"{form} beside {', '.join(places)}" for form, places in kinds.items())
    quarters = {vertex.quarters for vertex in vertices}
    kinds_of_places = {3: "where a corner points inwards", 2: "where conditions change along a side"}
    where = " and ".join(text for number, text in kinds_of_places.items() if number in quarters)
    place = "place" if 2 in quarters else "corner"
    return (
        f"the solution is not smooth {where}, but a smooth function of x, y and the real and "
        f"imaginary part of powers of z, the way from there as a complex number: {listed}. The network is given these, "
        f"neurons vary beside one {place} each, some points are drawn towards them, and equations of order m are "
        "multiplied by r^m"
    )
