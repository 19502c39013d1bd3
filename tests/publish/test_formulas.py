"""Expressions as LaTeX, MathML and one line of text: brackets where they are needed, and only there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from pdel.expression import Call, Constant, Coordinate, Negative, Number, Partial, Product, Sum
from pdel.publish.bound import bound
from pdel.publish.latex import latex
from pdel.publish.layout import broken, width
from pdel.publish.mathml import mathml
from pdel.publish.names import number, symbol, unit_layout
from pdel.publish.svg import plain, spans
from tests.publish.pages import PLANE, formula


def short(text: str) -> str:
    """LaTeX without the brackets and spaces that change nothing for the eye."""
    return re.sub(r"\\left|\\right|[{} ]|\\,", "", text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a + b - c", "a+b-c"),
        ("-x^2", "-x^2"),
        ("(-x)^2", "(-x)^2"),
        ("(a + b)*c", "(a+b)c"),
        ("a*(b*c)", "abc"),
        ("a - (b - c)", "a-(b-c)"),
        ("a*b/c*d", r"\fracabcd"),
        ("a/b/c", r"\fracabc"),
        ("a/(b + c)", r"\fracab+c"),
        ("2*3", r"2\cdot3"),
        ("1e-3", "10^-3"),
        ("2.5e3*x", r"(2.5\times10^3)x"),
        ("x^(1/2)", "x^1/2"),
        ("x^(y + 1)", "x^y+1"),
        ("2^3^2", "2^3^2"),
        ("(2^3)^2", "(2^3)^2"),
        ("r2^2", "r_2^2"),
        ("sin(x)^2", r"\sin^2(x)"),
        ("exp(-x)", r"\mathrme^-x"),
        ("exp(-(x - y)^2/(2*nu^2)/(x + y + 1) - x*y)", None),
        ("sqrt(x)", r"\sqrtx"),
        ("abs(x)^2", r"\lvertx\rvert^2"),
        ("log(x)", r"\ln(x)"),
        ("u_t", r"\frac\partialu\partialt"),
        ("u_xx", r"\frac\partial^2u\partialx^2"),
        ("u_xt", r"\frac\partial^2u\partialx\partialt"),
        ("u1_x", r"\frac\partialu_1\partialx"),
        ("u_x^2", r"(\frac\partialu\partialx)^2"),
        ("d(u, x, 2)", r"\frac\partial^2u\partialx^2"),
        ("d(u^2/2, x)", r"\frac\partial\partialx(\fracu^22)"),
        ("grad(u)", r"\nablau"),
        ("div(nu*grad(u))", r"\nabla\cdot(\nu\nablau)"),
        ("laplacian(vel)", r"\nabla^2\mathbfvel"),
        ("laplacian(u)*x", r"(\nabla^2u)x"),
        ("advect(vel, vel)", r"(\mathbfvel\cdot\nabla)\mathbfvel"),
        ("dot(vel, normal)*u", r"(\mathbfvel\cdot\mathbfn)u"),
        ("dot(stress, normal)[x]", r"(\mathrmstress\mathbfn)_x"),
        ("cross(vel, vel)", r"\mathbfvel\times\mathbfvel"),
        ("dn(u)", r"\frac\partialu\partial\mathbfn"),
        ("transpose(stress)", None),
        ("vel[x]", r"\mathbfvel_x"),
        ("(u, v)", "(u,v)"),
        ("i*u", r"\mathrmiu"),
        ("conj(u)*u", r"u^\astu"),
        ("if(x < y, 1, 2)", r"\begincases1&\textif\;x<y\\2&\textotherwise\endcases"),
        ("if(0 < x and x <= 1, 1, if(y != 0, 2, 3))", None),
        ("integral(u^2)", r"\intu^2\mathrmd\mathbfx"),
        ("integral(u on x = 0)", r"\int_x=0u\mathrmds"),
        ("300 [K]", r"300\textK"),
    ],
)
def test_latex(written: str, expected: str | None) -> None:
    found = latex(formula(written))
    assert found.count("{") - found.count(r"\{") == found.count("}") - found.count(r"\}")
    if expected is not None:
        assert short(found).replace(r"\mathbfstress", r"\mathrmstress") == expected


def test_subscripts_in_place_of_fractions() -> None:
    known = replace(PLANE, subscripts=True)
    assert short(latex(formula("u_xx + vel[x]*u_t", known))) == r"u_xx+\mathbfvel_xu_t"


def test_one_coordinate_gives_ordinary_derivatives() -> None:
    known = replace(PLANE, space=(), time="t")
    assert short(latex(formula("u_tt", known))) == r"\frac\mathrmd^2u\mathrmdt^2"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("alpha", r"\alpha"),
        ("u", "u"),
        ("T0", "T_0"),
        ("k_wall", r"k_\mathrmwall"),
        ("x_1_2", "x_1,2"),
        ("nu_t", r"\nu_t"),
        ("Re", r"\mathrmRe"),
        ("partial", r"\mathrmpartial"),
        ("epsilon", r"\varepsilon"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert short(latex(symbol(name))) == expected


def test_numbers_and_units() -> None:
    assert short(latex(number("20_000"))) == "20000"
    assert plain(number("20_000")) == "20\u202f000"
    assert plain(number("1e-3")) == "10−3"
    assert plain(unit_layout("kg/m^3")) == "kg/m3"


@pytest.mark.parametrize(
    "text",
    ["u_xx + vel[x]^2/(2*nu)", "if(x < y, 1, 2)", "integral(u on x = 0)", "abs(sqrt(x))", "outer(vel, vel)", "-u*2*3"],
)
def test_mathml_is_well_formed(text: str) -> None:
    tree = ET.fromstring(str(mathml(formula(text), display=True)))
    assert tree.tag.endswith("math")
    arity = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munderover": 3}
    for element in tree.iter():
        kind = element.tag.partition("}")[2]
        if kind in arity:
            assert len(element) == arity[kind]
    ET.fromstring(f"<text>{spans(formula(text))}</text>")


def test_only_tall_brackets_stretch() -> None:
    assert 'stretchy="false"' in mathml(formula("sin(x)"))
    assert 'stretchy="true"' in mathml(formula("sin(x/2)"))


def test_vectors_are_bold_without_a_bold_font() -> None:
    assert "𝐯𝐞𝐥" in mathml(formula("vel"))
    assert "α" in mathml(symbol("alpha"))


def test_bound_expressions() -> None:
    x, u = Coordinate("x"), Partial("u", (("x", 1),))
    tree = Sum((Product((Number("2"), Constant("nu"), u)), Negative(Call("sin", (x,)))))
    assert short(latex(bound(tree).layout)) == r"2\nu\frac\partialu\partialx-\sin(x)"


def test_long_sums_are_broken_before_their_signs() -> None:
    layout = formula(" + ".join(f"x^{power}*sin({power}*x)" for power in range(2, 20)))
    lines = broken(layout, 40)
    assert len(lines) > 2
    assert all(width(line) <= 48 for line in lines)
    assert all(plain(line).startswith("+") for line in lines[1:])
    assert "".join(plain(line) for line in lines).replace(" ", "") == plain(layout).replace(" ", "")
