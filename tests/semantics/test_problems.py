"""Whole specifications: what the problem holds after resolving."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.semantics.problem import Problem
from tests.semantics.spelling import codes_of, problem_of, spell, terms_of

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.pde"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_resolve_without_errors(path: Path) -> None:
    problem_of(path.read_text(encoding="utf-8"), path.parent)


def heat() -> Problem:
    return problem_of(
        """
        problem heat "Heat conduction in a rod with cold ends"
        time       t in [0, 2]
        space      x in [-pi, 2*pi]
        field      u(t, x)
        constant   alpha = 0.4

        equation   conduction:  u_t = alpha*u_xx   # diffusion
                                + x
        boundary   ends:        u = 0  on x = -pi, x = 2*pi
        initial    profile:     u = sin(x)
        exact      u = exp(-alpha*t)*sin(x)
        """
    )


def test_axes_are_ordered_space_first_with_numbers_and_forms() -> None:
    axes = heat().axes
    assert [(axis.name, axis.is_time) for axis in axes] == [("x", False), ("t", True)]
    assert spell(axes[0].high.expression) == "2*pi"
    assert axes[0].high.value == pytest.approx(6.283185307179586)
    assert heat().fields[0].arguments == ("x", "t")


def test_equation_keeps_written_terms_with_their_places() -> None:
    problem = heat()
    (equation,) = problem.equations
    assert equation.address == "equation.conduction"
    assert equation.label == "conduction"
    assert equation.text == "u_t = alpha*u_xx + x"
    assert terms_of(equation) == ["u_t", "-(alpha*u_xx)", "-(x)"]
    texts = [problem.sources.text(term.span) for term in equation.terms]
    assert texts == ["u_t", "alpha*u_xx", "+ x"]
    assert (spell(equation.left), spell(equation.right)) == ("u_t", "(alpha*u_xx + x)")


def test_boundary_condition_knows_its_pieces_and_texts() -> None:
    (condition,) = heat().boundary
    assert condition.pieces == (0, 1)
    assert condition.selector_text == "x = -pi, x = 2*pi"
    assert terms_of(condition) == ["u"]


def test_vector_problem_is_expanded_by_component() -> None:
    problem = problem_of(
        """
        problem cylinder
        constant   H = 0.41
        constant   nu = 1e-3
        shape      channel = rectangle((0, 0), (2.2, H))
        shape      pillar = disk((0.2, 0.2), 0.05)
        space      (x, y) in channel - pillar
        field      vel = (u, v)(x, y), p(x, y)
        let        stress = -p*identity + nu*grad(vel)
        equation   mass:        div(vel) = 0
        equation   momentum:    advect(vel, vel) = div(stress)
        boundary   inlet:       vel = (1.2*y*(H - y)/H^2, 0)  on x = 0
        boundary   walls:       vel = 0  on y = 0, y = H, pillar
        boundary   outlet:      dot(stress, normal) = 0  on x = 2.2 where 0 < y <= 0.4
        quantity   drag = integral(dot(stress, normal)[x] on pillar)
        quantity   dp = p(0.15, 0.2) - p(0.25, 0.2)
        reference  drag = 5.58
        """
    )
    by_address = {one.address: one for one in (*problem.equations, *problem.boundary)}
    assert list(by_address) == [
        "equation.mass",
        "equation.momentum.x",
        "equation.momentum.y",
        "boundary.inlet.x",
        "boundary.inlet.y",
        "boundary.walls.x",
        "boundary.walls.y",
        "boundary.outlet.x",
        "boundary.outlet.y",
    ]
    assert terms_of(by_address["equation.mass"]) == ["(u_x + v_y)"]
    assert terms_of(by_address["equation.momentum.x"]) == [
        "(u*u_x + v*u_y)",
        "(p_x + -(nu*u_xx) + -(nu*u_yy))",
    ]
    assert terms_of(by_address["boundary.inlet.x"]) == ["u", "-(1.2*y*(H + -(y))/H^2)"]
    assert terms_of(by_address["boundary.inlet.y"]) == ["v"]
    assert terms_of(by_address["boundary.outlet.y"]) == ["(nu*v_x*n_x + (-p + nu*v_y)*n_y)"]
    outlet = problem.boundary[-1]
    assert outlet.label == "outlet_y"
    assert outlet.where_text == "0 < y <= 0.4"
    assert outlet.where is not None
    assert spell(outlet.where) == "(0 < y and y <= 0.4)"
    assert [problem.pieces[index].label for index in problem.boundary[2].pieces] == ["y = 0", "y = H", "pillar"]
    assert spell(problem.quantities[0].expression).startswith("integral(((-p + nu*u_x)*n_x + nu*u_y*n_y) on [")
    assert spell(problem.quantities[1].expression) == "(p(0.15, 0.2) + -(p(0.25, 0.2)))"
    assert problem.reference_numbers[0].value == 5.58


def test_complex_field_gives_two_real_fields_and_two_equations() -> None:
    problem = problem_of(
        """
        problem nls
        space x in [-5, 5] periodic
        time t in [0, pi/2]
        field complex psi(x, t)
        equation nls: i*psi_t + 0.5*psi_xx + abs(psi)^2*psi = 0
        initial start: psi = 2/cosh(x)
        exact psi = exp(i*t)/cosh(x)
        """
    )
    assert [(field.name, field.label) for field in problem.fields] == [("psi_re", "re(psi)"), ("psi_im", "im(psi)")]
    real, imaginary = problem.equations
    assert (real.address, imaginary.address) == ("equation.nls.re", "equation.nls.im")
    assert terms_of(real) == ["-psi_im_t", "0.5*psi_re_xx", "(psi_re^2 + psi_im^2)*psi_re"]
    assert terms_of(imaginary) == ["psi_re_t", "0.5*psi_im_xx", "(psi_re^2 + psi_im^2)*psi_im"]
    assert [terms_of(one) for one in problem.initial] == [["psi_re", "-(2/cosh(x))"], ["psi_im"]]
    assert [(one.field, spell(one.expression)) for one in problem.exact] == [
        ("psi_re", "cos(t)/cosh(x)"),
        ("psi_im", "sin(t)/cosh(x)"),
    ]
    assert problem.axes[0].periodic
    assert problem.pieces == ()


def test_ordinary_system_has_time_only() -> None:
    problem = problem_of(
        """
        problem lorenz
        time t in [0, 2]
        field (x, y, z)(t)
        equation one: x_t = 10*(y - x)
        equation two: y_t = x*(28 - z) - y
        equation three: z_t = x*y - 8/3*z
        initial start: x = 1, y = 1, z = 1
        constraint late: x = 2 at (1.5)
        """
    )
    assert problem.region is None
    assert problem.space == ()
    assert terms_of(problem.equations[1]) == ["y_t", "-(x*(28 + -z))", "y"]
    assert [one.address for one in problem.initial] == ["initial.start.x", "initial.start.y", "initial.start.z"]
    assert problem.constraints[0].point[0].value == 1.5


def test_beam_with_let_function_and_conditional() -> None:
    problem = problem_of(
        """
        problem beam
        space x in [0, 1]
        field w(x)
        constant EI = 2.5
        function load(s) = if(0.2 < s and not s >= 0.4, 1, max(0, 1 - abs(s), s))
        let moment = -EI*w_xx
        equation bending: d(moment, x, 2) = load(2*x)
        boundary clamped: w = 0, w_x = 0 on x = 0
        boundary free: w_xx = 0, moment_x = 0 on x = 1
        """
    )
    assert terms_of(problem.equations[0]) == [
        "-(EI*w_xxxx)",
        "-(if((0.2 < 2*x and not 2*x >= 0.4), 1, max(max(0, (1 + -(abs(2*x)))), 2*x)))",
    ]
    assert [(one.address, terms_of(one)) for one in problem.boundary] == [
        ("boundary.clamped.w", ["w"]),
        ("boundary.clamped.w_x", ["w_x"]),
        ("boundary.free.w_xx", ["w_xx"]),
        ("boundary.free.moment_x", ["-(EI*w_xxx)"]),
    ]


def test_part_and_region_become_conditions() -> None:
    problem = problem_of(
        """
        problem corner
        shape big = rectangle((-1, -1), (1, 1))
        shape corner = disk((1, 1), 1)
        space (x, y) in big - corner
        part outer on boundary except corner
        part left on x = -1 where y < 0
        field u(x, y)
        equation poisson: -laplacian(u) = 1 in corner where y < 0.2
        boundary a: u = 0 on outer where x > 0
        boundary b: normal[x]*u_x = 1 on left
        boundary c: u = 0 on corner
        """
    )
    where = problem.equations[0].where
    assert where is not None
    assert spell(where) == "(((x + -1)^2 + (y + -1)^2) <= 1^2 and y < 0.2)"
    assert [spell(one.where) if one.where else None for one in problem.boundary] == ["x > 0", "y < 0", None]
    assert len(problem.boundary[0].pieces) == len(problem.pieces) - 1


def test_indexed_space_declares_its_coordinates_and_the_position() -> None:
    problem = problem_of(
        """
        problem cube
        space x[1..3] in [0, 1]
        field u(x)
        let r2 = dot(x, x)
        equation poisson: u_x1x1 + d(u, x2, 2) + u_x3x3 = r2 + x[2]
        boundary walls: u = 0 on boundary
        """
    )
    assert [axis.name for axis in problem.axes] == ["x1", "x2", "x3"]
    assert problem.fields[0].arguments == ("x1", "x2", "x3")
    assert terms_of(problem.equations[0])[3:] == ["-((x1*x1 + x2*x2 + x3*x3))", "-(x2)"] or terms_of(
        problem.equations[0]
    )[3:] == ["(-(x1*x1) + -(x2*x2) + -(x3*x3))", "-(x2)"]


def test_manufactured_vector_and_constraint() -> None:
    problem = problem_of(
        """
        problem stokes
        space x in [0, 1], y in [0, 1]
        time t in [0, 1]
        field vel = (u, v)(x, y, t), p(x, y, t)
        equation mass: div(vel) = 0
        equation momentum: d(vel, t) + grad(p) = laplacian(vel)
        constraint gauge: p = 0 at (0, 0)
        constraint corner: p = 0 at (1, 1, 0.5)
        manufacture vel = (sin(x)*cos(y), 0), p = x*y*t
        """
    )
    assert [(one.field, spell(one.expression)) for one in problem.manufactured] == [
        ("u", "sin(x)*cos(y)"),
        ("v", "0"),
        ("p", "x*y*t"),
    ]
    assert [len(one.point) for one in problem.constraints] == [2, 3]


def test_point_values_are_in_the_order_of_the_axes() -> None:
    problem = problem_of(
        """
        problem heat
        time t in [0, 1]
        space x in [0, 2]
        field u(t, x)
        equation e: u_t = u_xx
        quantity late = u_x(1, 0.5)
        quantity twice = 2*late
        """
    )
    assert [spell(one.expression) for one in problem.quantities] == ["u_x(0.5, 1)", "2*u_x(0.5, 1)"]


def test_methods_are_bound() -> None:
    problem = problem_of(
        """
        problem rod
        enforce ends: softly
        seed 7
        space x in [0, 1]
        field u(x)
        equation balance: u_xx = 1
        boundary ends: u = 0 on boundary
        """
    )
    assert [(one.family, one.targets) for one in problem.methods] == [("enforce", ("ends",)), ("seed", ())]


def test_specification_without_a_problem_statement_that_parses_is_still_resolved() -> None:
    text = """
    problem 7
    space x in [0, 1]
    field u(x)
    equation balance: u_xx = 1
    """
    assert [code for code in codes_of(text) if not code.startswith("E1")] == []
