"""Mistakes: each gives its code at its place, and nothing that follows from it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.semantics.spelling import COMPLEX, FLOW, HEAT, ROD, codes_of, errors_of, resolve_text


def rod(extra: str = "", equation: str = "u_xx = 1", post: str = "") -> str:
    return ROD.format(equation=equation).replace("field u(x)\n", f"field u(x)\n{extra}\n") + post + "\n"


WALLS = """
problem walls
space x in [0, 1], y in [0, 1]
time t in [0, 1]
field u(x, y, t)
constant half = 0.5
equation heat: u_t = laplacian(u)
boundary one: u = 0 on y = 1 where {first}
boundary other: u = 1 on y = 1 where {second}
initial start: u = 0
"""

NAMES = [
    (rod(equation="alpha*u_xx = 1"), "E201", "alpha"),
    (rod(equation="w_xx = 1"), "E201", "w_xx"),
    (rod(equation="sine(x)*u_xx = 1"), "E201", "sine"),
    (rod("function f(s) = s + q"), "E201", "q"),
    (rod("function f(s) = sine(s)"), "E201", "sine"),
    (rod(equation="i*u = 1"), "E201", "i"),
    (rod("constant a = b\nconstant b = 1"), "E202", "b"),
    (rod("function f(s) = g(s)\nfunction g(s) = s"), "E202", "g"),
    ("problem p\nspace x in [0, 1]\nfield u(x, t)\ntime t in [0, 1]\nequation e: u_t = u_x\n", "E202", "t"),
    (rod("constant a = 1\nlet a = u"), "E203", "a"),
    (rod("field u(x)"), "E203", "u"),
    (rod("function f(s, s) = s"), "E203", "s"),
    (rod("constant sin = 1"), "E204", "sin"),
    (rod("let normal = 1"), "E204", "normal"),
    (rod("field d(x)"), "E204", "d"),
    (COMPLEX.format(equation="psi_t = 0").replace("equation", "constant i = 1\nequation"), "E204", "i"),
    (rod("eigenvalue E of u"), "E205", "eigenvalue"),
    (rod("let u_x = 2"), "E206", "u_x"),
    ("problem p\nconstant u_x = 1\nspace x in [0, 1]\nfield u(x)\nequation e: u_xx = u_x\n", "E206", "u_x"),
    (COMPLEX.format(equation="psi_t = 0").replace("equation", "constant psi_re = 1\nequation"), "E206", "psi_re"),
    (rod().replace("x in [0, 1]", "x in [0, 1], xx in [0, 1]").replace("u(x)", "u(x, xx)"), "E206", "xx"),
    (
        rod().replace("x in [0, 1]", "a in [0, 1], x in [0, 1], a_x in [0, 1]").replace("u(x)", "u(a, x, a_x)"),
        "E206",
        "a_x",
    ),
    (rod(equation="u_xy = 1"), "E207", "u_xy"),
    (rod(post="boundary balance: u_x = 0 on x = 0"), "E208", "balance"),
    (rod(post="space y in [0, 1]"), "E209", "space"),
    (rod("function f(s) = f(s - 1)"), "E210", "f"),
    (rod(post="exact u = 0, u = 1"), "E211", "u"),
    (rod(post="exact u = 0\nmanufacture u = 1"), "E211", "u"),
    ("problem p\nfield u(x)\n", "E212", "problem"),
    ("space x in [0, 1]\nfield u(x)\nequation e: u_x = 1\n", "E212", "space"),
]

KINDS = [
    (rod("constant a = 1", "a(x)*u = 1"), "E301", "a(x)"),
    (rod("shape s = interval(0, 1)", "s*u = 1"), "E301", "s"),
    (rod("function f(s) = s", "f*u = 1"), "E301", "f"),
    (rod("constant nu = 1", "nu_x*u = 1"), "E301", "nu_x"),
    (rod(equation="d(u, u) = 1"), "E301", "u"),
    (rod(equation="d(u, 2) = 1"), "E301", "2"),
    ("problem p\nspace x in [0, 1]\nconstant a = 1\nfield u(x, a)\nequation e: u_x = 1\n", "E301", "a"),
    (rod(post="exact ends = 1").replace("exact ends", "exact x"), "E301", "x"),
    (FLOW.format(extra="", equation="vel + p = 0"), "E302", "+ p"),
    (FLOW.format(extra="", equation="vel = 1"), "E302", "1"),
    (FLOW.format(extra="", equation="vel*vel = 0"), "E302", "vel"),
    (FLOW.format(extra="", equation="p/vel = 0"), "E302", "vel"),
    (FLOW.format(extra="exact vel = 1", equation="div(vel) = 0"), "E302", "1"),
    (FLOW.format(extra="", equation="dot(vel, grad(vel)) = 0"), "E303", "dot(vel, grad(vel))"),
    (FLOW.format(extra="", equation="div(p) = 0"), "E303", "div(p)"),
    (FLOW.format(extra="", equation="sin(vel) = 0"), "E303", "vel"),
    (FLOW.format(extra="", equation="vel^2 = 0"), "E303", "vel"),
    (FLOW.format(extra="constant g = (0, 1)", equation="div(vel) = 0"), "E303", "(0, 1)"),
    (FLOW.format(extra="", equation="trace(vel) = 0"), "E303", "trace(vel)"),
    ("problem p\ntime t in [0, 1]\nfield u(t)\nequation e: laplacian(u) = 1\n", "E303", "laplacian(u)"),
    (rod(equation="sin(x, u) = 1"), "E304", "sin(x, u)"),
    (rod(equation="u_xx(x) = 1"), "E304", "u_xx(x)"),
    (rod("function f(s) = s", "f(u, x) = 1"), "E304", "f(u, x)"),
    (rod(equation="grad(u, steps = 2) = 1"), "E304", "steps = 2"),
    (FLOW.format(extra="", equation="vel_x = 0"), "E305", "vel_x"),
    (rod(equation="u_xxxxxxx = 1"), "E306", "u_xxxxxxx"),
    (rod(equation="d(u, x, 7) = 1"), "E306", "7"),
    (rod(equation="d(d(u^2, x, 4), x, 3) = 1"), "E306", "d(d(u^2, x, 4), x, 3)"),
    (FLOW.format(extra="", equation="vel[3] = 0"), "E307", "3"),
    (FLOW.format(extra="", equation="vel[x, y] = 0"), "E307", "vel[x, y]"),
    (FLOW.format(extra="", equation="p[x] = 0"), "E307", "p[x]"),
    (HEAT.format(equation="u_xx = 0").replace("u(x, t)", "u(x)"), "E308", "u"),
    (rod().replace("u(x)", "u(x, x)"), "E308", "x"),
    (rod(equation="u_xx = if(x, 1, 2)"), "E309", "x"),
    (rod(equation="u_xx = u(0.5)"), "E310", "u(0.5)"),
    (rod(equation="u_xx = integral(u)"), "E310", "integral(u)"),
    (rod(post="quantity q = u(x)*2").replace("u(x)*2", "u(2*x)"), "E310", "2*x"),
    (rod("constant a = u"), "E311", "u"),
    (rod("constant a = 2*x"), "E311", "x"),
    (rod("let b = u^2\nconstant a = b"), "E311", "b"),
    (rod(post="exact u = u"), "E311", "u"),
    (rod().replace("[0, 1]", "[0, x]"), "E202", "x"),
    (rod().replace("x = 0, x = 1", "x = 0, x = 1 where u > 0"), "E311", "u"),
    (rod("constant a = 1/0"), "E312", "1/0"),
    (rod("constant a = 9^9^9"), "E312", "9^9^9"),
    (rod("constant a = sqrt(-2)"), "E312", "sqrt(-2)"),
    (rod("constant a = (-8)^(1/3)"), "E312", "(-8)^(1/3)"),
    (rod("constant b = 0", "u/b = 1"), "E312", "u/b"),
    (rod().replace("[0, 1]", "[0, 1e200]"), "E312", "1e200"),
    (COMPLEX.format(equation="log(psi) = 0"), "E313", "log(psi)"),
    (COMPLEX.format(equation="psi^0.5 = 0"), "E313", "0.5"),
    (COMPLEX.format(equation="psi_t = if(psi > 0, 1, 0)"), "E313", "psi"),
    (COMPLEX.format(equation="psi_t = 0") + "field v(x, t)\nexact v = i\n", "E313", "i"),
    (rod(equation="x = 1"), "E314", "x = 1"),
    (FLOW.format(extra="", equation="(p, x) = (1, 2)"), "E314", "(p, x) = (1, 2)"),
    (rod().replace("[0, 1]", "[1, 1]"), "E315", "1, 1"),
    (rod(post="boundary other: u = 1 on x = 1"), "E316", "u = 1"),
    (rod(post="boundary other: 1 = u on x = 1"), "E316", "1 = u"),
    (HEAT.format(equation="u_t = u_xx") + "initial again: u = 0\n", "E316", "u = 0"),
    (HEAT.format(equation="u_t = u_xx") + "boundary other: u = 1 on x = 1 where t > 0.9\n", "E316", "u = 1"),
    (WALLS.format(first="x <= 0.51", second="x > 0.49"), "E316", "u = 1"),
    (WALLS.format(first="t < 0.5 and x > 0.3", second="t > 0.4"), "E316", "u = 1"),
    (rod(equation="dn(u) = 1"), "E317", "dn(u)"),
    (rod(equation="normal*u = 1"), "E317", "normal"),
    (rod("let q = dn(u)", "q = 1"), "E317", "q"),
    (FLOW.format(extra="boundary b: div(p*normal) = 0 on x = 0", equation="div(vel) = 0"), "E317", "div(p*normal)"),
    (rod("field v(x) in s"), "E318", "s"),
    (rod().replace("space x in [0, 1]", "space polar (r, x) in rectangle((0, 0), (1, 1))"), "E318", "polar"),
    (rod(post="constraint c: u >= 0"), "E318", "u >= 0"),
    (rod(post="constraint c: integral(u) = 1"), "E318", "integral(u) = 1"),
    (HEAT.format(equation="u_t = u_xx") + "quantity q = integral(u)\n", "E318", "integral(u)"),
    (rod().replace("problem rod", "problem rod language 2"), "E318", "2"),
    (rod(post="exact 2*u = 1"), "E319", "2*u"),
    (
        "problem p\nspace (x, y) in ball((0, 0, 0), 1)\nfield u(x, y)\nequation e: u_x = 1\n",
        "E415",
        "ball((0, 0, 0), 1)",
    ),
    (rod("shape s = disk((0, 0), 1)").replace("u_xx = 1", "u_xx = 1 in s"), "E319", "s"),
    (rod(equation="u^2000 = 1"), "E320", "2000"),
    (rod(post="quantity q = u"), "E321", "u"),
    (rod(post="initial start: u = 0"), "E322", "initial"),
    (
        "problem p\ntime t in [0, 1]\nfield u(t)\nequation e: u_t = 1\nboundary b: u = 0 on boundary\n",
        "E322",
        "boundary",
    ),
    (rod(post="constraint c: u = 0 at (0, 0)"), "E323", "0, 0"),
    (rod(post="constraint c: u = 0 at (3)"), "E323", "3"),
]


@pytest.mark.parametrize(
    ("text", "code", "marked"), NAMES + KINDS, ids=lambda value: value if len(value) < 30 else None
)
def test_one_mistake_gives_one_diagnostic_at_its_place(text: str, code: str, marked: str) -> None:
    text = dedent(text).lstrip()
    found = errors_of(text)
    assert [item.code for item in found] == [code], [item.message for item in found]
    span = found[0].primary.span
    assert text[span.start : span.end] == marked
    assert found[0].message
    assert not found[0].message.endswith(".")
    assert not found[0].help or found[0].help.endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (rod("constant alpha = 1", "alhpa*u_xx = 1"), "Did you mean `alpha`?"),
        (rod("field temperature(x)", "temperatrue_xx = 1"), "Did you mean `temperature_xx`?"),
        (rod(equation="laplacain(u) = 1"), "Did you mean `laplacian`?"),
        (FLOW.format(extra="", equation="vel_xx = 0"), "Write a component, `vel[x]`, or `d(vel, x)` for all of them."),
        (rod("constant a = 1", "a(x)*u = 1"), "Write `a*(…)` to multiply."),
        (rod(equation="u(x) = 1"), "Write `u`."),
    ],
)
def test_remedies(text: str, remedy: str) -> None:
    assert errors_of(text)[0].help == remedy


def test_two_mistakes_in_one_expression_are_both_reported() -> None:
    assert codes_of(rod(equation="alpha*u_xx + beta = 1")) == ["E201", "E201"]


def test_names_both_conditions_that_clash() -> None:
    (found,) = errors_of(rod(post="boundary right: u = 1 on x = 1"))
    assert found.message == "`ends` and `right` fix the same quantity on `x = 1`"
    assert len(found.secondary) == 1


def test_conditions_that_cannot_clash_are_fine() -> None:
    plane = """
    problem plane
    space x in [0, 1], y in [0, 1]
    field u(x, y)
    equation e: laplacian(u) = 1
    boundary a: u = 0 on x = 0 where y < 0.5
    boundary b: u = 1 on x = 0 where y >= 0.5
    boundary c: u = 0, dn(u) = 0 on x = 1
    boundary d: u = 0 on boundary except x = 0, x = 1
    """
    assert codes_of(plane) == []


@pytest.mark.parametrize(
    "text",
    [
        rod("constant a = 1/0\nconstant b = 2*a\nlet c = a*u", "c_x + b*u = f(a)", "").replace(
            "let c", "function f(s) = a*s\nlet c"
        ),
        rod().replace("[0, 1]", "[1, 0]") + "quantity q = u(0.5)\nconstraint c: u = 0 at (0)\nexact u = x\n",
        rod("field v(q)", "v_xx + v_q + v = u", "exact v = x"),
        rod("unknown k = 0.5 in [0, 2]", "k*u_xx = k", "exact u = k*x"),
        rod("function f(s) = f(s)", "u_xx = f(x)", "exact u = f(x)"),
    ],
)
def test_what_follows_from_a_mistake_is_not_reported(text: str) -> None:
    assert len(errors_of(text)) == 1, [item.message for item in errors_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        rod("constant a = = 2", "a*u_xx = a"),
        rod().replace("space x in [0, 1]", "space x in [0, 1"),
        rod().replace("space x in", "spce x in"),
        rod().replace("field u(x)", "feild u(x)"),
        rod().replace("field u(x)", "field u(x"),
        rod().replace("equation balance:", "equatoin balance:"),
        rod(equation="laplacian(u) = 1").replace("space x in", "spce x in"),
        HEAT.format(equation="u_t = u_xx").replace("time t in", "tme t in"),
        HEAT.format(equation="u_t = u_xx").replace("problem heat", "probelm heat"),
        HEAT.format(equation="u_t = u_xx").replace("time t in [0, 1]", "time t on [0, 1]"),
        HEAT.format(equation="u_t = u_xx").replace("initial profile: u =", "initial profile: u = =")
        + "enforce profile: softly\n",
    ],
)
def test_what_depends_on_a_statement_that_does_not_parse_is_not_reported(text: str) -> None:
    found = [item for item in resolve_text(text).diagnostics if item.code.startswith("E")]
    assert len(found) == 1, [item.message for item in found]


def test_a_mistake_in_a_function_points_to_its_call() -> None:
    text = dedent(FLOW.format(extra="function f(s) = sin(s)", equation="p = f(vel)")).lstrip()
    (found,) = errors_of(text)
    assert found.code == "E303"
    call = found.secondary[-1]
    assert call.text == "`f` is called here"
    assert text[call.span.start : call.span.end] == "f(vel)"


@pytest.mark.parametrize(
    "extra",
    [
        "let a0 = u\n" + "".join(f"let a{k + 1} = a{k}*a{k}\n" for k in range(60)),
        "let a0 = u\n" + "".join(f"let a{k + 1} = sin(a{k})\n" for k in range(600)),
        "function f0(s) = s*s\n" + "".join(f"function f{k + 1}(s) = f{k}(f{k}(s))\n" for k in range(60)),
    ],
    ids=["doubling", "chain", "functions"],
)
def test_expressions_that_explode_are_refused(extra: str) -> None:
    last = extra.strip().splitlines()[-1].split("=")[0].split()[1].replace("(s)", "(u)")
    assert set(codes_of(rod(extra, f"{last} = 1"))) == {"E320"}


def test_a_mistake_in_a_function_that_is_called_twice_is_reported_once() -> None:
    assert codes_of(FLOW.format(extra="function f(s) = sin(s)", equation="p = f(vel) + f(vel)")) == ["E303"]


def test_a_complex_power_that_explodes_is_refused() -> None:
    assert codes_of(COMPLEX.format(equation="((psi^12)^12)^12 = 0")) == ["E320"]


def test_function_names_are_free_for_labels_shapes_and_parts() -> None:
    text = """
    problem ring
    shape outer = disk((0, 0), 2)
    shape inner = disk((0, 0), 1)
    space (x, y) in outer - inner
    field T(x, y)
    equation div: laplacian(T) = 0
    boundary inner: T = 0 on inner
    boundary outer: T = 1 on outer
    """
    assert codes_of(text) == []
