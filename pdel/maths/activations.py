"""Derivatives of the activation functions, derived by sympy and written with named common subexpressions.

Each activation satisfies a small differential equation in a few base functions (tanh' = 1 - tanh^2 and
so on). Differentiating that relation again and again, with the earlier derivatives as symbols, gives
short formulas whose values are shared: tanh_2 = -2*tanh*tanh_1.

A mask m(z) with a learned scale multiplies an activation s(z). Its derivatives are found in the same
way, and those of the product s(z)*m(z) by Leibniz' rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import sympy

from pdel.expression import (
    ONE,
    Call,
    Constant,
    Coordinate,
    Expr,
    Negative,
    Number,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
    add,
    multiply,
)
from pdel.expression import integer as whole
from pdel.maths.convert import Converter

ACTIVATIONS = ("tanh", "sin", "gelu", "silu", "softplus")
"""The smooth activations, for which `activation_derivatives` has formulas."""

MAPS = ("sigmoid", "exp")
"""The functions that keep unknown fields in their ranges, with formulas of the same kind."""

MASKS = ("exponential",)
"""The masks, for which `masked_derivatives` has formulas."""

SCALE = "scale"
"""The name of a mask's learned scale in formulas and in the module."""

HIGHEST_ORDER = 6
"""The highest derivative of a problem, and so of an activation."""

Named = tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class ActivationDerivatives:
    """An activation f(z) and its derivatives as formulas in `Coordinate("z")` and `Constant(name)` of earlier names.

    `base` are the shared subexpressions (`tanh`, `sigmoid`, `cdf`), `value` is f, and `derivatives` holds
    f', f'', ... by name. `Call("sigmoid", (z,))`, `Call("softplus", (z,))` and `Call("expm1", (z,))` stand for
    those functions, `Constant("scale")` for the scale of a mask.
    """

    base: Named
    value: Expr
    derivatives: Named


@lru_cache(maxsize=64)
def activation_derivatives(name: str, order: int) -> ActivationDerivatives:
    """The formulas of an activation and of its derivatives up to `order` (0 to 6).

    Raises KeyError for a name that is not in `ACTIVATIONS` or `MAPS`.
    """
    return _DERIVATIONS[name](order)


@lru_cache(maxsize=64)
def masked_derivatives(name: str, mask: str, order: int) -> ActivationDerivatives:
    """The formulas of f(z) = s(z)*m(z), an activation times a mask, and of its derivatives up to `order` (0 to 6).

    `base` holds those of s and of m, which the derivatives of f share. Raises KeyError for a name that is not in
    `ACTIVATIONS` or a mask that is not in `MASKS`.
    """
    plain, weight = activation_derivatives(name, order), _MASKS[mask](order)
    spelt = () if plain.value == Constant(name) else ((name, plain.value),)
    base = (*plain.base, *spelt, *plain.derivatives, *weight.base, *weight.derivatives)
    products = _products(name, "mask", order)
    derivatives = tuple((f"masked_{number}", product) for number, product in enumerate(products) if number)
    return ActivationDerivatives(base, products[0], derivatives)


_Z = Coordinate("z")


class _Relations:
    """Symbols for named functions of z, and what their derivatives with respect to z are."""

    def __init__(self) -> None:
        self._converter = Converter()
        self.z = self._converter.symbol(_Z)
        self._slopes: dict[sympy.Symbol, sympy.Expr] = {self.z: sympy.Integer(1)}

    def function(self, name: str) -> sympy.Symbol:
        """The symbol of a named function."""
        return self._converter.symbol(Constant(name))

    def relate(self, function: sympy.Symbol, slope: sympy.Expr) -> None:
        """Says what the derivative of a named function is."""
        self._slopes[function] = slope

    def differentiate(self, expression: sympy.Expr) -> sympy.Expr:
        """The total derivative with respect to z."""
        return sympy.Add(*(expression.diff(symbol) * slope for symbol, slope in self._slopes.items()))

    def written(self, expression: sympy.Expr) -> Expr:
        """The readable expression."""
        return _pointwise(self._converter.from_sympy(expression))


def _pointwise(expression: Expr) -> Expr:
    """Squares of names as products, which cost less than powers, and z before other factors."""
    match expression:
        case Power(base=Constant() | Coordinate() as base, exponent=Number(text="2")):
            return Product((base, base))
        case Product(factors=factors):
            numbers = [factor for factor in factors if isinstance(factor, Number)]
            arguments = [factor for factor in factors if factor == _Z]
            others = [factor for factor in factors if factor != _Z and not isinstance(factor, Number)]
            return multiply(*numbers, *arguments, *(_pointwise(factor) for factor in others))
        case Sum(terms=terms):
            return add(*(_pointwise(term) for term in terms))
        case Negative(operand=operand):
            return Negative(_pointwise(operand))
        case _:
            return expression


def _tanh(order: int) -> ActivationDerivatives:
    """tanh(z) = 2*sigmoid(2*z) - 1 and tanh' = 1 - tanh^2; the rest follows from it.

    torch takes three times as long for tanh as for the sigmoid, and tanh is a sixth of a step. Both forms agree to
    rounding of numbers of size one, which is what a layer adds up.
    """
    relations = _Relations()
    tanh = relations.function("tanh")
    two = Number("2")
    value = add(multiply(two, Call("sigmoid", (multiply(two, _Z),))), Negative(Number("1")))
    derivatives = _chain(relations, "tanh", order, 1 - tanh**2, tanh)
    return ActivationDerivatives((("tanh", value),), Constant("tanh"), derivatives)


def _chain(
    relations: _Relations, name: str, order: int, first: sympy.Expr, function: sympy.Symbol | None = None
) -> Named:
    """Derivatives from the first one on, each differentiated with the earlier ones as symbols."""
    derivatives: list[tuple[str, Expr]] = []
    slope = first
    for number in range(1, order + 1):
        symbol = relations.function(f"{name}_{number}")
        derivatives.append((f"{name}_{number}", relations.written(slope)))
        if function is not None:
            relations.relate(function, symbol)
        slope = sympy.factor_terms(relations.differentiate(slope))
        function = symbol
    return tuple(derivatives)


def _sin(order: int) -> ActivationDerivatives:
    """sin' = cos, cos' = -sin."""
    relations = _Relations()
    sin, cos = relations.function("sin"), relations.function("cos")
    relations.relate(sin, cos)
    relations.relate(cos, -sin)
    base = (("sin", Call("sin", (_Z,))), ("cos", Call("cos", (_Z,))))
    derivatives = _directly(relations, "sin", order, sin)
    return ActivationDerivatives(base[: 1 if order == 0 else 2], Constant("sin"), derivatives)


def _directly(relations: _Relations, name: str, order: int, function: sympy.Expr) -> Named:
    """Derivatives differentiated one after the other in terms of the base functions."""
    derivatives: list[tuple[str, Expr]] = []
    for number in range(1, order + 1):
        function = relations.differentiate(function)
        derivatives.append((f"{name}_{number}", relations.written(function)))
    return tuple(derivatives)


def _softplus(order: int) -> ActivationDerivatives:
    """softplus(z) = log(1 + exp(z)), softplus' = sigmoid and sigmoid' = sigmoid*(1 - sigmoid)."""
    relations = _Relations()
    sigmoid = relations.function("sigmoid")
    base = (("softplus", Call("softplus", (_Z,))), ("sigmoid", Call("sigmoid", (_Z,))))
    derivatives: Named = ()
    if order >= 1:
        derivatives = (("softplus_1", Constant("sigmoid")), *_logistic(relations, "softplus", 2, order, sigmoid))
    return ActivationDerivatives(base[: 1 if order == 0 else 2], Constant("softplus"), derivatives)


def _logistic(relations: _Relations, name: str, first: int, last: int, sigmoid: sympy.Symbol) -> Named:
    """The derivatives of the sigmoid, named NAME_first, ..., NAME_last."""
    result: list[tuple[str, Expr]] = []
    slope = sigmoid * (1 - sigmoid)
    function = sigmoid
    for number in range(first, last + 1):
        result.append((f"{name}_{number}", relations.written(slope)))
        symbol = relations.function(f"{name}_{number}")
        relations.relate(function, symbol)
        slope = _collected(relations.differentiate(slope))
        function = symbol
    return tuple(result)


def _collected(expression: sympy.Expr) -> sympy.Expr:
    """A short polynomial in names, multiplied out, then common factors pulled out."""
    return sympy.factor_terms(sympy.expand(expression))


def _silu(order: int) -> ActivationDerivatives:
    """silu(z) = z*sigmoid(z), so that its n-th derivative is z*sigmoid_n + n*sigmoid_(n-1)."""
    relations = _Relations()
    sigmoid = relations.function("sigmoid")
    base = (("sigmoid", Call("sigmoid", (_Z,))), *_logistic(relations, "sigmoid", 1, order, sigmoid))
    names = [sigmoid, *(relations.function(f"sigmoid_{number}") for number in range(1, order + 2))]
    for function, slope in pairwise(names):
        relations.relate(function, slope)
    value = relations.z * sigmoid
    return ActivationDerivatives(base, relations.written(value), _directly(relations, "silu", order, value))


def _gelu(order: int) -> ActivationDerivatives:
    """gelu(z) = z*cdf(z) with the normal distribution's cdf = (1 + erf(z/sqrt(2)))/2 and density = cdf'.

    From the second one on the derivatives are the density times a polynomial, in Horner's form in z^2.
    """
    relations = _Relations()
    z, cdf, density = relations.z, relations.function("cdf"), relations.function("density")
    relations.relate(cdf, density)
    relations.relate(density, -z * density)
    half, two, square = Number("0.5"), whole(2), Product((_Z, _Z))
    error_function = Call("erf", (Quotient(_Z, Call("sqrt", (two,))),))
    gauss = Call("exp", (Negative(Product((half, Constant("square") if order > 1 else square))),))
    base = (
        ("cdf", Product((half, Sum((ONE, error_function))))),
        ("square", square),
        ("density", Quotient(gauss, Call("sqrt", (Product((two, Pi())),)))),
    )
    shared = base if order > 1 else (base[0], base[2]) if order == 1 else base[:1]
    value = z * cdf
    slope = relations.differentiate(value)
    derivatives = [("gelu_1", relations.written(slope))] if order else []
    for number in range(2, order + 1):
        slope = density * sympy.expand(relations.differentiate(slope) / density)
        derivatives.append((f"gelu_{number}", relations.written(_horner(slope / density, relations) * density)))
    return ActivationDerivatives(shared, relations.written(value), tuple(derivatives))


def _horner(polynomial: sympy.Expr, relations: _Relations) -> sympy.Expr:
    """An even or odd polynomial in z in Horner's form in the named square of z."""
    coefficients = sympy.Poly(polynomial, relations.z).all_coeffs()
    odd = len(coefficients) % 2 == 0
    square = relations.function("square")
    result = sympy.Integer(0)
    for coefficient in coefficients[::2]:
        result = result * square + coefficient
    return relations.z * result if odd else result


def _ladder(relations: _Relations, name: str, order: int) -> list[sympy.Symbol]:
    """The symbols of a function and of its derivatives, each the slope of the one before it."""
    names = [relations.function(label) for label in (name, *(f"{name}_{number}" for number in range(1, order + 1)))]
    for function, slope in pairwise(names):
        relations.relate(function, slope)
    return names


def _products(left: str, right: str, order: int) -> list[Expr]:
    """The derivatives of left*right from order 0 on, their terms in the order of Leibniz' rule."""
    relations = _Relations()
    first, second = (_ladder(relations, name, order) for name in (left, right))
    derivative, products = first[0] * second[0], []
    for total in range(order + 1):
        pairs = [(first[total - number], second[number]) for number in range(total + 1)]
        products.append(add(*(_term(derivative.coeff(a * b), a, b) for a, b in pairs)))
        if total < order:
            derivative = sympy.expand(relations.differentiate(derivative))
    return products


def _term(coefficient: sympy.Expr, a: sympy.Symbol, b: sympy.Symbol) -> Expr:
    """coefficient*a*b of two named functions."""
    return multiply(whole(int(coefficient)), Constant(a.name), Constant(b.name))


def _exponential(order: int) -> ActivationDerivatives:
    """m(z) = 1 - decay with decay = exp(-(scale*z)^2), so that m' = rate*z*decay with rate = 2*scale^2.

    decay' = -m' turns the second derivative into rate*(decay - z*m'); the later ones follow from it:
    m_3 = -rate*(2*m_1 + z*m_2). Near zero 1 - decay loses its digits, expm1 keeps them.
    """
    relations = _Relations()
    z, rate, decay = relations.z, relations.function("rate"), relations.function("decay")
    scale = Constant(SCALE)
    exponent = Negative(Power(Product((scale, _Z)), whole(2)))
    base = (
        ("exponent", exponent),
        ("mask", Negative(Call("expm1", (Constant("exponent"),)))),
        ("decay", Call("exp", (Constant("exponent"),))),
        ("rate", Product((whole(2), scale, scale))),
    )
    ladder = _ladder(relations, "mask", order + 1)
    relations.relate(decay, -ladder[1])
    derivatives: list[tuple[str, Expr]] = []
    slope = rate * z * decay
    for number in range(1, order + 1):
        derivatives.append((f"mask_{number}", relations.written(slope)))
        slope = _collected(relations.differentiate(slope))
    return ActivationDerivatives(base[: 4 if order else 2], Constant("mask"), tuple(derivatives))


_MASKS: dict[str, Callable[[int], ActivationDerivatives]] = {"exponential": _exponential}


def _sigmoid(order: int) -> ActivationDerivatives:
    """sigmoid' = sigmoid*(1 - sigmoid)."""
    relations = _Relations()
    base = (("sigmoid", Call("sigmoid", (_Z,))),)
    derivatives = _logistic(relations, "sigmoid", 1, order, relations.function("sigmoid"))
    return ActivationDerivatives(base, Constant("sigmoid"), derivatives)


def _exp(order: int) -> ActivationDerivatives:
    """exp' = exp."""
    exp = ("exp", Call("exp", (_Z,)))
    return ActivationDerivatives((exp,), Constant("exp"), (exp,) * order)


_DERIVATIONS: dict[str, Callable[[int], ActivationDerivatives]] = {
    "tanh": _tanh,
    "sin": _sin,
    "gelu": _gelu,
    "silu": _silu,
    "softplus": _softplus,
    "sigmoid": _sigmoid,
    "exp": _exp,
}
