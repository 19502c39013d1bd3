"""Exact enforcement on boxes and in time: the ansatz, what it holds, and why it leaves the rest."""

from __future__ import annotations

import random

import pytest

from pdel.maths.enforcement.build import Enforcement
from pdel.notation import notation
from tests.maths.enforcement_problems import Case, check, names

HEAT = {"space": {"x": (0, 1)}, "time": (0, 1)}
SQUARE = {"x": (0, 1), "y": (0, 1)}


def parts(enforcement: Enforcement, field: str = "u") -> tuple[str, str]:
    """Offset and factor of a field as text."""
    item = next(item for item in enforcement.ansatz if item.field == field)
    return notation(item.offset), notation(item.factor)


def reasons(enforcement: Enforcement) -> dict[str, str]:
    return {names([item])[0]: item.reason for item in enforcement.soft}


def burgers() -> Case:
    case = Case(space={"x": (-1, 1)}, time=(0, 1), constants={"nu": 0.01}).equation("u_t + u*u_x - nu*u_xx")
    return case.boundary("walls", "u").initial("start", "u - -sin(pi*x)")


def test_burgers_reads_as_on_paper() -> None:
    enforcement = check(burgers())
    assert parts(enforcement) == ("-sin(pi*x)", "t*(1 - x^2)")
    assert names(enforcement.exact) == ["walls", "start"]
    assert enforcement.soft == ()
    assert enforcement.ansatz[0].notes == (
        "`walls` and `start` hold for every network: the factor vanishes there and the offset carries their values",
    )


def test_nothing_to_enforce() -> None:
    enforcement = check(Case(space={"x": (0, 1)}).equation("u_xx"))
    assert parts(enforcement) == ("0", "1")
    assert enforcement.ansatz[0].notes == ()


@pytest.mark.parametrize(
    ("low", "high", "factor"),
    [
        (-1, 1, "1 - x^2"),
        (0, 1, "4*x*(1 - x)"),
        (-2, 2, "1 - x^2/4"),
        (-0.5, 0.5, "1 - 4*x^2"),
        (0, 2, "x*(2 - x)"),
        (-0.5, 1, "16*(x + 0.5)*(1 - x)/9"),
        (-3, 0, "-4*(x + 3)*x/9"),
        (0, "L", "4*x*(L - x)/L^2"),
        ("L", 3, "4*(x - L)*(3 - x)/(3 - L)^2"),
    ],
)
def test_factors_read_well(low: float | str, high: float | str, factor: str) -> None:
    case = Case(space={"x": (low, high)}, constants={"L": 2.5}).equation("u_xx").boundary("ends", "u")
    assert parts(check(case)) == ("0", factor)


@pytest.mark.parametrize(("label", "factor"), [("x = 0", "x/2"), ("x = 2", "1 - x/2")], ids=["low", "high"])
def test_one_face(label: str, factor: str) -> None:
    case = Case(space={"x": (0, 2)}).equation("u_xx").boundary("end", "u - 3", label)
    assert parts(check(case)) == ("3", factor)


def test_values_that_change_in_time() -> None:
    case = Case(space={"x": (0, "L")}, time=(1, 3), constants={"L": 2.0}).equation("u_t - u_xx")
    case.boundary("left", "u - 1", "x = 0").boundary("right", "u - cos(t - 1)", "x = L").initial("start", "u - 1")
    enforcement = check(case)
    assert parts(enforcement) == ("1 - x/L + cos(t - 1)*(x/L)", "2*(t - 1)*x*(L - x)/L^2")
    assert names(enforcement.exact) == ["left", "right", "start"]


def test_initial_values_meet_boundary_values_that_are_not_zero() -> None:
    case = Case(**HEAT).equation("u_t - u_xx").boundary("walls", "u - x*exp(-t)").initial("start", "u - x**3")
    assert names(check(case).exact) == ["walls", "start"]


def test_transfinite_interpolation_uses_traces_only() -> None:
    """The offset must not carry a closed form into the inside: there it may be the solution itself."""
    case = Case(space={"x": (-0.5, 1), "y": (-0.5, 1.5)}, constants={"k": -0.96}).equation("u_xx + u_yy")
    case.boundary("walls", "u - 1 + exp(k*x)*cos(2*pi*y)")
    enforcement = check(case)
    assert names(enforcement.exact) == ["walls"]
    assert "exp(k*x)*cos(2*pi*y)" not in parts(enforcement)[0]


def test_three_dimensions_with_time() -> None:
    case = Case(space={"x": (0, 1), "y": (-1, 1), "z": (0, 3)}, time=(0, 2)).equation("u_t - u_xx - u_yy - u_zz")
    case.boundary("walls", "u - sin(x + y)*z*(1 + t)").initial("start", "u - sin(x + y)*z")
    assert names(check(case).exact) == ["walls", "start"]


def test_manufactured_zero_traces_vanish() -> None:
    case = Case(space={"x": (0, 1), "y": (0, 1), "z": (0, 1)}).equation("u_xx + u_yy + u_zz")
    case.boundary("walls", "u - sin(pi*x)*sin(pi*y)*sin(pi*z)")
    assert parts(check(case)) == ("0", "64*x*(1 - x)*y*(1 - y)*z*(1 - z)")


def test_mixed_conditions() -> None:
    case = Case(space={"x": (0, 1), "y": (0, 2)}).equation("u_xx + u_yy")
    case.boundary("left", "u - y", "x = 0").boundary("bottom", "u - x**2", "y = 0")
    case.boundary("flux", "n_x*u_x + n_y*u_y", "x = 1", "y = 2")
    enforcement = check(case)
    assert parts(enforcement) == ("y + x^2", "x*y/2")
    assert reasons(enforcement) == {"flux": "a derivative of u along the normal appears"}


def test_multiples_and_constants() -> None:
    case = Case(space={"x": (0, 1)}, constants={"T": 3.0}).equation("u_xx")
    case.boundary("a", "2*u - 4", "x = 0").boundary("b", "u - T", "x = 1")
    assert parts(check(case)) == ("2*(1 - x) + T*x", "4*x*(1 - x)")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("u**2 - 4", "u appears otherwise than as a multiple of itself"),
        ("u + v", "it ties u and v together"),
        ("(1 + x)*u - 1", "the factor of u varies from place to place"),
        ("u_x + u", "a derivative of u appears"),
        ("n_x*u_x", "a derivative of u along the normal appears"),
        ("u - 1/x", "its value is not finite everywhere"),
        ("u - y*v", "it ties u and v together"),
        ("u - abs(y - 1/2)", "its value may have a kink (`abs`), which the factor would keep inside"),
        ("u - (0 if y < 1/2 else 1)", "its value may have a kink (`if`), which the factor would keep inside"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    case = Case("u v", space=SQUARE).equation("u_xx + v_yy").boundary("wall", text, "x = 0")
    assert reasons(check(case)) == {"wall": reason}


def test_parts_of_faces_are_soft() -> None:
    case = Case(space=SQUARE).equation("u_xx + u_yy").boundary("wall", "u", "x = 0", where="y < 0.5")
    assert "part only" in reasons(check(case))["wall"]


class TestCorners:
    def cavity(self) -> Case:
        case = Case("u v p", space=SQUARE).equation("u_xx + v_yy + p_x")
        case.boundary("lid.x", "u - 1", "y = 1").boundary("lid.y", "v", "y = 1")
        case.boundary("walls.x", "u", "x = 0", "x = 1", "y = 0").boundary("walls.y", "v", "x = 0", "x = 1", "y = 0")
        return case.constraint("gauge", "p", 0, 0)

    def test_lid_and_walls_disagree(self) -> None:
        enforcement = check(self.cavity())
        assert names(enforcement.exact) == ["lid.y", "walls.y"]
        assert reasons(enforcement) == {
            "lid.x": "its values disagree with `walls` at the corner (0, 1) by 1",
            "walls.x": "its values disagree with `lid` at the corner (0, 1) by 1",
            "gauge": "a point value",
        }
        assert parts(enforcement, "v") == ("0", "16*x*(1 - x)*y*(1 - y)")

    def test_exactly_stands_against_what_was_not_asked_for(self) -> None:
        enforcement = check(self.cavity().method("exactly", "walls"))
        assert names(enforcement.exact) == ["lid.y", "walls.x", "walls.y"]
        assert parts(enforcement)[1] == "4*x*(1 - x)*y"

    def test_both_exactly_is_an_error_for_both(self) -> None:
        assert self.cavity().method("exactly", "walls", "lid").codes() == ["E490", "E490"]

    def test_the_condition_with_most_conflicts_goes(self) -> None:
        case = Case(space=SQUARE, time=(0, 1)).equation("u_t - u_xx - u_yy").boundary("lid", "u - 1", "y = 1")
        case.boundary("walls", "u", "x = 0", "x = 1", "y = 0").initial("start", "u")
        enforcement = check(case)
        assert names(enforcement.exact) == ["walls", "start"]
        assert reasons(enforcement)["lid"].startswith("its values disagree with `walls` at the corner (0, 1, 0)")

    def test_start_and_walls_disagree(self) -> None:
        case = Case(**HEAT).equation("u_t - u_xx").boundary("left", "u", "x = 0").boundary("right", "u - 1", "x = 1")
        enforcement = check(case.initial("start", "u - 1"))
        assert names(enforcement.exact) == ["right"]
        assert reasons(enforcement)["start"] == "its values disagree with `left` at the corner (0, 0) by 1"

    def test_edges_are_looked_at_between_corners(self) -> None:
        case = Case(space={"x": (0, 1), "y": (0, 1), "z": (0, 1)}).equation("u_xx")
        case.boundary("a", "u", "x = 0").boundary("b", "u - z*(1 - z)", "y = 0")
        assert "at the point (0, 0, " in reasons(check(case))["a"]


class TestSecondOrderInTime:
    def wave(self, velocity: str = "u_t") -> Case:
        case = Case(**HEAT).equation("u_tt - 4*u_xx").boundary("walls", "u")
        return case.initial("start", "u - sin(pi*x)").initial("start.u_t", velocity)

    def test_wave(self) -> None:
        enforcement = check(self.wave())
        assert parts(enforcement) == ("sin(pi*x)", "4*(t^2/(t^2 + 0.16^2))*x*(1 - x)")
        assert "tau = 0.16" in enforcement.ansatz[0].notes[1]
        assert names(enforcement.exact) == ["walls", "start", "start.u_t"]

    def test_velocity(self) -> None:
        enforcement = check(self.wave("u_t - 3*sin(2*pi*x)"))
        assert parts(enforcement)[0] == "sin(pi*x) + t*3*sin(2*pi*x)"

    def test_velocity_against_the_boundary(self) -> None:
        enforcement = check(self.wave("u_t - 1"))
        assert names(enforcement.exact) == ["walls", "start"]
        assert "rate of change on the boundary at the corner (0, 0) by 1" in reasons(enforcement)["start.u_t"]
        assert parts(enforcement)[1] == "4*t*x*(1 - x)"

    def test_moving_boundary(self) -> None:
        case = Case(**HEAT).equation("u_tt - u_xx").boundary("l", "u - sin(3*t)", "x = 0").boundary("r", "u", "x = 1")
        case.initial("start", "u").initial("start.u_t", "u_t - 3*(1 - x)")
        enforcement = check(case)
        assert enforcement.soft == ()
        assert parts(enforcement)[0] == "sin(3*t)*(1 - x)"

    def test_velocity_alone_is_soft(self) -> None:
        case = Case(time=(0, 10)).equation("u_tt + u").initial("start", "u_t - 1")
        assert "at the start is not held exactly" in reasons(check(case))["start"]

    def test_value_alone_is_exact(self) -> None:
        case = Case(time=(0, 10)).equation("u_tt + u").initial("start", "u - 1")
        assert parts(check(case)) == ("1", "t/10")

    def test_velocity_goes_with_a_soft_value(self) -> None:
        enforcement = check(self.wave().method("softly", "start"))
        assert names(enforcement.exact) == ["walls"]
        case = Case(**HEAT).equation("u_tt - u_xx").boundary("walls", "u").initial("shape", "u - sin(pi*x)")
        enforcement = check(case.initial("speed", "u_t").method("softly", "shape"))
        assert names(enforcement.exact) == ["walls"]
        assert reasons(enforcement)["speed"].startswith("u at the start is not held exactly")

    def test_velocity_in_a_first_order_equation(self) -> None:
        case = Case(time=(0, 1)).equation("u_t + u").initial("a", "u - 1").initial("b", "u_t + 1")
        assert reasons(check(case)) == {"b": "the equations are of order 1 in t for u"}

    def test_coupled_fields_fall_back(self) -> None:
        case = Case("u v", **HEAT).equation("u_tt - u_xx + v").boundary("walls", "u")
        case.initial("start", "u - sin(pi*x)").initial("start.u_t", "u_t")
        enforcement = check(case)
        assert "0.1^2" in parts(enforcement)[1]
        assert enforcement.ansatz[0].notes[1].endswith("a tenth of the time span")

    def test_characteristic_time_of_an_oscillator(self) -> None:
        case = Case(time=(0, 10), constants={"w": 4.0}).equation("u_tt + w**2*u").initial("a", "u - 1")
        enforcement = check(case.initial("b", "u_t"))
        assert parts(enforcement) == ("1", "t^2/(t^2 + 0.25^2)")


class TestOrdinaryEquations:
    def test_system(self) -> None:
        case = Case("X Y Z", time=(0, 3)).equation("X_t - 10*(Y - X)").equation("Y_t - X*(28 - Z) + Y")
        case.equation("Z_t - X*Y + 8/3*Z")
        case.initial("start.X", "X + 8").initial("start.Y", "Y - 7").initial("start.Z", "Z - 27")
        enforcement = check(case)
        assert [parts(enforcement, name) for name in "XYZ"] == [("-8", "t/3"), ("7", "t/3"), ("27", "t/3")]

    def test_third_order(self) -> None:
        case = Case(time=(0, 1)).equation("u_ttt + u").initial("a", "u - 1").initial("b", "u_t - 2")
        enforcement = check(case.initial("c", "u_tt - 3"))
        assert parts(enforcement) == ("1 + 2*t + 3*t^2/2", "t^3/(t^3 + 0.1^3)")

    def test_value_at_the_end(self) -> None:
        case = Case(time=(0, 2)).equation("u_tt + u").initial("start", "u - 1").constraint("end", "u - 3", 2)
        assert parts(check(case)) == ("1 + t", "(2 - t)*t/4")

    def test_value_between(self) -> None:
        case = Case(space={"x": (0, 1)}).equation("u_xx + u").boundary("a", "u", "x = 0").constraint("m", "u - 1", 0.5)
        enforcement = check(case, positive=False)
        assert parts(enforcement)[0] == "2*x"
        assert names(enforcement.exact) == ["a", "m"]

    def test_two_values_at_one_point(self) -> None:
        case = Case(time=(0, 2)).equation("u_tt + u").initial("start", "u - 1").constraint("again", "u - 3", 0)
        assert reasons(check(case)) == {"again": "other conditions hold u exactly at the same place"}


class TestPeriodic:
    def case(self, start: str) -> Case:
        case = Case(space={"x": (-1, 1)}, time=(0, 1), periodic="x").equation("u_t + u*u_x - 0.1*u_xx")
        return case.initial("start", f"u - ({start})")

    def test_smooth_data(self) -> None:
        assert parts(check(self.case("cos(pi*x)"))) == ("cos(pi*x)", "t")

    def test_data_with_a_jump_are_soft(self) -> None:
        assert reasons(check(self.case("x"))) == {"start": "its value is not periodic in x, and u is"}

    def test_data_with_a_kink_fade_out(self) -> None:
        enforcement = check(self.case("x**2*cos(pi*x)"))
        assert parts(enforcement) == ("x^2*cos(pi*x)*exp(-10*t)", "1 - exp(-10*t)")
        assert "fade out" in enforcement.ansatz[0].notes[1]

    def test_beside_walls(self) -> None:
        case = Case(space=SQUARE, time=(0, 1), periodic="x").equation("u_t - u_xx - u_yy")
        case.boundary("low", "u - sin(2*pi*x)", "y = 0").boundary("high", "u", "y = 1")
        case.initial("start", "u - sin(2*pi*x)*(1 - y)")
        assert parts(check(case)) == ("sin(2*pi*x)*(1 - y)", "4*t*y*(1 - y)")


class TestChoices:
    def test_softly(self) -> None:
        enforcement = check(burgers().method("softly", "start"))
        assert names(enforcement.exact) == ["walls"]
        assert reasons(enforcement) == {"start": "`enforce start: softly` asks for it"}

    def test_softly_for_all(self) -> None:
        enforcement = check(burgers().method("softly"))
        assert enforcement.exact == ()
        assert parts(enforcement) == ("0", "1")

    def test_a_named_choice_stands_before_a_general_one(self) -> None:
        enforcement = check(burgers().method("exactly", "walls").method("softly"))
        assert names(enforcement.exact) == ["walls"]

    def test_exactly_where_it_cannot_be(self) -> None:
        case = Case(**HEAT).equation("u_t - u_xx").boundary("walls", "u_x").method("exactly", "walls")
        assert case.codes() == ["E490"]

    def test_exactly_keeps_a_kink(self) -> None:
        case = Case(**HEAT).equation("u_t - u_xx").boundary("walls", "u").initial("start", "u - (1 - abs(2*x - 1))")
        assert "kink" in reasons(check(case))["start"]
        assert check(case.method("exactly", "start")).soft == ()


@pytest.mark.parametrize("seed", range(12))
def test_data_of_one_smooth_function_are_always_exact(seed: int) -> None:
    """Random boxes, faces and orders in time: values taken from one function agree wherever they meet."""
    numbers = random.Random(seed)
    axes = "xyz"[: numbers.choice([1, 2, 3])]
    space = {name: (-round(numbers.uniform(0, 2), 1), round(numbers.uniform(0.5, 3), 1)) for name in axes}
    order = numbers.choice([0, 1, 2])
    time = (0.5, 0.5 + round(numbers.uniform(0.5, 4), 1)) if order else None
    phase = " + ".join(f"{numbers.uniform(0.5, 2):.2f}*{name}" for name in (*axes, *(("t",) if order else ())))
    case = Case(space=space, time=time).equation(" + ".join(f"u_{name}{name}" for name in axes) + (" + u_tt" * order))
    for piece in numbers.sample(case.pieces, numbers.randint(1, len(case.pieces))):
        case.boundary(f"b{case.pieces.index(piece)}", f"u - sin({phase})", piece.label)
    if order:
        case.initial("start", f"u - sin({phase})")
        rate = phase.rsplit(" + ", 1)[1].removesuffix("*t")
        case.initial("start.u_t", f"u_t - {rate}*cos({phase})")
    assert check(case).soft == ()


def test_terms_of_the_offset_that_cancel_are_left_out() -> None:
    case = Case(space={"x": (0, 1)}, time=(0, 1)).equation("u_t - u_xx").boundary("left", "u", "x = 0")
    case.boundary("right", "u - 1", "x = 1").initial("start", "u - (sin(pi*x) + x)")
    assert parts(check(case)) == ("sin(pi*x) + x", "4*t*x*(1 - x)")
    walls = Case(space={"x": (-1, 1)}, time=(0, 1)).equation("u_t - u_xx").boundary("walls", "u + 1")
    assert parts(check(walls.initial("start", "u - x*x*cos(pi*x)"))) == ("x*x*cos(pi*x)", "t*(1 - x^2)")
