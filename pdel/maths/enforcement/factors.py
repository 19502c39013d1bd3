"""Simple factors: functions that vanish on one face, one pair of faces, one circle or sphere, and are about 1 inside.

one face        (x - a)/(b - a)               between 0 and 1
face, layer     1 - exp(-(x - a)/w)           about 1 beyond a few widths w of the layer beside it
two faces       1 - (x/h)^2 on [-h, h];  4*(x - a)*(b - x)/(b - a)^2 on [a, b]        largest value 1
ball            1 - |x - c|^2/r^2             largest value 1
removed ball    1 - r^2/|x - c|^2             towards 1 far away
disjunction     a + b + sqrt(a^2 + b^2)       zero where the larger one of a and b is (an R-function)
"""

from __future__ import annotations

from fractions import Fraction

from pdel.expression import (
    ONE,
    TWO,
    Call,
    Coordinate,
    Expr,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    add,
    coordinates,
    divide,
    integer,
    multiply,
    negate,
    power,
    subtract,
)
from pdel.geometry import Ball, Scalar
from pdel.maths.enforcement.fold import decimal_text, fold, literal, rational


def above(name: str, low: Scalar) -> Expr:
    """x - a, the distance from a lower face."""
    return Coordinate(name) if low.value == 0 else subtract(Coordinate(name), _tidy(low))


def below(name: str, high: Scalar) -> Expr:
    """b - x, the distance from an upper face."""
    return Negative(Coordinate(name)) if high.value == 0 else subtract(_tidy(high), Coordinate(name))


def width(low: Scalar, high: Scalar) -> Expr:
    """b - a."""
    first, last = rational(low.expression), rational(high.expression)
    if first is not None and last is not None:
        return literal(last - first)
    return _tidy(high) if low.value == 0 else subtract(_tidy(high), _tidy(low))


def rise(name: str, low: Scalar, high: Scalar) -> Expr:
    """(x - a)/(b - a): 0 at a, 1 at b."""
    return scaled(above(name, low), width(low, high))


def fall(name: str, low: Scalar, high: Scalar) -> Expr:
    """(b - x)/(b - a): 1 at a, 0 at b."""
    if low.value == 0:
        return subtract(ONE, scaled(Coordinate(name), width(low, high)))
    return scaled(below(name, high), width(low, high))


def scaled(expression: Expr, length: Expr) -> Expr:
    """expression/length, as a whole multiple where it is one: `2*x` for x/0.5."""
    value = rational(length)
    if value is not None and (1 / value).denominator == 1:
        return multiply(literal(1 / value), expression)
    return divide(expression, length)


def arch(name: str, low: Scalar, high: Scalar) -> Expr:
    """0 at a and at b, 1 half-way: the parabola through them."""
    x = Coordinate(name)
    if low.value == -high.value:
        return subtract(ONE, _square_of_ratio(x, high))
    product = (above(name, low), below(name, high))
    first, last = rational(low.expression), rational(high.expression)
    if first is not None and last is not None:
        scale = 4 / (last - first) ** 2
        if scale.numerator <= 10_000 and scale.denominator <= 10_000:
            top = multiply(literal(Fraction(scale.numerator)), *product)
            return divide(top, literal(Fraction(scale.denominator)))
    return divide(multiply(Number("4"), *product), power(width(low, high), TWO))


def saturating(distance: Expr, layer: float) -> Expr:
    """1 - exp(-d/w): rises within the width w of a layer."""
    return subtract(ONE, Call("exp", (negate(divide(distance, Number(f"{layer:g}"))),)))


def square_distance(names: tuple[str, ...], centre: tuple[Scalar, ...]) -> Expr:
    """|x - c|^2."""
    return add(*(power(above(name, value), TWO) for name, value in zip(names, centre, strict=True)))


def inside_ball(names: tuple[str, ...], ball: Ball) -> Expr:
    """1 - |x - c|^2/r^2."""
    if rational(ball.radius.expression) == 1:
        return subtract(ONE, square_distance(names, ball.centre))
    return subtract(ONE, divide(square_distance(names, ball.centre), square(ball.radius)))


def outside_ball(names: tuple[str, ...], ball: Ball) -> Expr:
    """1 - r^2/|x - c|^2."""
    return subtract(ONE, divide(square(ball.radius), square_distance(names, ball.centre)))


def square(value: Scalar) -> Expr:
    """The square of a number: a short literal, else a power."""
    number = rational(value.expression)
    if number is not None and decimal_text(number * number) is not None:
        return literal(number * number)
    return power(_tidy(value), TWO)


def disjunction(first: Expr, second: Expr) -> Expr:
    """sqrt(a^2 + b^2) + a + b: positive where a or b is, zero where the larger one is zero."""
    root = Call("sqrt", (add(_square(first), _square(second)),))
    return add(root, first, second)


def outside_interval(name: str, low: Scalar, high: Scalar) -> Expr:
    """(x - c)^2 - h^2: positive outside the interval [c - h, c + h]."""
    first, last = rational(low.expression), rational(high.expression)
    if first is None or last is None:
        if low.value == -high.value:
            return subtract(power(Coordinate(name), TWO), square(high))
        return multiply(above(name, low), above(name, high))
    centre, half = (first + last) / 2, (last - first) / 2
    from_centre = above(name, Scalar(literal(centre), float(centre)))
    return subtract(power(from_centre, TWO), literal(half * half))


def plus(bound: Scalar, step: int) -> Expr:
    """A bound and a whole number added."""
    number = rational(bound.expression)
    return add(bound.expression, integer(step)) if number is None else literal(number + step)


def product_of(*factors: Expr) -> Expr:
    """The product of factors as one fraction: literals in front, literal and constant denominators gathered."""
    above_line: list[Expr] = []
    below_line: list[Expr] = []
    top = bottom = Fraction(1)
    for factor in factors:
        numerator: Expr = factor
        denominator: Expr = ONE
        if isinstance(factor, Quotient) and not coordinates(factor.denominator):
            numerator, denominator = factor.numerator, factor.denominator
        for item in numerator.factors if isinstance(numerator, Product) else (numerator,):
            value = rational(item)
            top, above_line = (top, [*above_line, item]) if value is None else (top * value, above_line)
        for item in denominator.factors if isinstance(denominator, Product) else (denominator,):
            value = rational(item)
            bottom, below_line = (bottom, [*below_line, item]) if value is None else (bottom * value, below_line)
    ratio = top / bottom
    if 1 in (ratio.numerator, ratio.denominator):
        top, bottom = Fraction(ratio.numerator), Fraction(ratio.denominator)
    return divide(multiply(literal(top), *above_line), multiply(literal(bottom), *below_line))


def difference(first: Expr, second: Expr) -> Expr:
    """first - second, literals computed."""
    return fold(subtract(first, second))


def total(*parts: Expr) -> Expr:
    """The sum without pairs of terms that cancel, literals computed: x + (sin(x) - x) is sin(x)."""
    whole = add(*parts)
    kept: list[Expr] = []
    for term in whole.terms if isinstance(whole, Sum) else (whole,):
        opposite = negate(term)
        if opposite in kept:
            kept.remove(opposite)
        else:
            kept.append(term)
    return fold(add(*kept))


def _square(expression: Expr) -> Expr:
    """The square, without a sign that it swallows."""
    if isinstance(expression, Negative):
        expression = expression.operand
    elif isinstance(expression, Sum) and all(isinstance(term, Negative) for term in expression.terms):
        expression = negate(expression)
    return power(expression, TWO)


def _square_of_ratio(x: Expr, half: Scalar) -> Expr:
    """(x/h)^2, as `x^2`, `x^2/4`, `4*x^2` where h is a literal for which that is short."""
    number = rational(half.expression)
    if number is not None:
        scale = 1 / (number * number)
        if scale.numerator == 1 and scale.denominator <= 10_000:
            return divide(power(x, TWO), literal(Fraction(scale.denominator)))
        if scale.denominator == 1 and scale.numerator <= 10_000:
            return multiply(literal(scale), power(x, TWO))
    return power(divide(x, _tidy(half)), TWO)


def _tidy(value: Scalar) -> Expr:
    """The expression of a bound, its literals computed."""
    number = rational(value.expression)
    return value.expression if number is None else literal(number)
