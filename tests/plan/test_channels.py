"""The channels of jets: closed, smallest, collapsed where only a combination is needed."""

from __future__ import annotations

from pdel.expression import Constant, Expr, Number, Partial, Power, Product, add, multiply, negate
from pdel.maths.model import ModelTerm
from pdel.plan.channels import Channel, close, linear_term, plan_channels, read_channels
from pdel.render.printer import code
from pdel.source import Span

NU = Constant("nu")


def u(**orders: int) -> Partial:
    return Partial("u", tuple(orders.items()))


def v(**orders: int) -> Partial:
    return Partial("v", tuple(orders.items()))


def terms(*expressions: Expr) -> list[ModelTerm]:
    return [ModelTerm(expression, Span(0, 1)) for expression in expressions]


def names(channels: tuple[Channel, ...]) -> list[str]:
    return [channel.name for channel in channels]


def read(residual: list[ModelTerm], channels: tuple[Channel, ...]) -> list[str]:
    return [code(term.expression) for term in read_channels(residual, channels)]


BURGERS = terms(u(t=1), Product((u(), u(x=1))), negate(Product((NU, u(x=2)))))


def test_burgers_collapses_the_linear_operator() -> None:
    channels = plan_channels([BURGERS], ("x", "t"))
    assert [channel.text for channel in channels] == ["d/dx", "d/dt - nu*d2/dx2"]
    assert read(BURGERS, channels) == ["u.op", "u.value * u.x"]


def test_a_linear_equation_of_first_order_is_one_channel() -> None:
    residual = terms(u(t=1), multiply(Number("30"), u(x=1)))
    assert names(plan_channels([residual], ("x", "t"))) == ["op"]


def test_navier_stokes_shares_one_laplacian() -> None:
    mass = terms(u(x=1), v(y=1))
    first = terms(
        Product((u(), u(x=1))), Product((v(), u(y=1))), negate(Product((NU, u(x=2)))), negate(Product((NU, u(y=2))))
    )
    second = terms(
        Product((u(), v(x=1))), Product((v(), v(y=1))), negate(Product((NU, v(x=2)))), negate(Product((NU, v(y=2))))
    )
    channels = plan_channels([mass, first, second], ("x", "y"))
    assert names(channels) == ["x", "y", "laplacian"]
    assert read(second, channels)[-1] == "-nu * v.laplacian"


def test_different_operators_of_two_fields_are_kept_apart() -> None:
    first = terms(u(t=1), negate(Product((NU, u(x=2)))))
    second = terms(v(t=1), negate(Product((Constant("alpha"), v(x=2)))))
    channels = plan_channels([first, second], ("x", "t"))
    assert names(channels) == ["x", "t", "xx"], "two operators would cost as much as two derivatives"


def test_a_derivative_needed_elsewhere_is_not_collapsed() -> None:
    residual = terms(u(t=1), Product((u(), u(x=2))), u(x=2))
    channels = plan_channels([residual], ("x", "t"))
    assert names(channels) == ["x", "t", "xx"]


def test_parts_of_a_high_derivative_are_channels() -> None:
    residual = terms(u(t=1), Product((u(), u(x=1))), u(x=2), u(x=4))
    channels = plan_channels([residual], ("x", "t"))
    assert names(channels) == ["x", "xx", "xxx", "op"]
    assert read(residual, channels) == ["u.op", "u.value * u.x", "u.xx"]


def test_closure_of_a_mixed_derivative() -> None:
    assert len(close([(("x", 2), ("y", 2))])) == 8


def test_variable_coefficients_are_no_linear_terms() -> None:
    assert linear_term(Product((u(), u(x=1)))) is None
    assert linear_term(u()) is None
    found = linear_term(negate(Product((NU, Power(NU, Number("2")), u(x=2)))))
    assert found is not None
    assert found.partial == u(x=2)


def test_repeated_terms_of_one_derivative_are_added() -> None:
    residual = terms(u(t=1), u(x=2), u(x=2))
    channels = plan_channels([residual], ("x", "t"))
    assert channels[-1].terms[1].coefficient == add(Number("1"), Number("1"))
