"""Sums, products, powers, vectors and components: operands lowered, shapes checked, entries combined."""

from __future__ import annotations

from collections.abc import Sequence

from pdel import expression as ex
from pdel.diagnostics.model import Label, error
from pdel.expression import Expr
from pdel.semantics import values
from pdel.semantics.translation import Translation
from pdel.semantics.values import Complex, Value, describe, scalar
from pdel.syntax import ast

COMPLEX_POWER_LIMIT = 12
EXPONENT_LIMIT = 1000
ALTERNATIONS_LIMIT = 16
"""Changes between `*` and `/` in one product up to which the written order is kept."""


def lower_sum(lowering: Translation, node: ast.Sum) -> Value | None:
    """The sum of terms of one shape, entry by entry."""
    found = lowering.all([term.expression for term in node.terms])
    if found is None:
        return None
    terms = lowering.same_shape(found, [term.span for term in node.terms], "a sum cannot")
    if terms is None:
        return None
    signed = [
        values.map_entries(value, values.negate) if term.negative else value
        for value, term in zip(terms, node.terms, strict=True)
    ]
    return Value(
        signed[0].shape, tuple(values.add(*entries) for entries in zip(*(v.entries for v in signed), strict=True))
    )


def lower_product(lowering: Translation, node: ast.Product) -> Value | None:
    """The product and quotient of factors, at most one of them a vector or a matrix."""
    found = lowering.all([factor.expression for factor in node.factors])
    if found is None:
        return None
    factors = found if lowering.frame.dimension != 1 else [lowering.frame.as_scalar(value) for value in found]
    tensors = [index for index, value in enumerate(factors) if not value.is_scalar]
    if len(tensors) > 1:
        first, second = tensors[:2]
        lowering.scope.report(
            error(
                "E302",
                f"`*` cannot join {describe(factors[first])} and {describe(factors[second])}",
                node.factors[second].expression.span,
                describe(factors[second]),
                secondary=(Label(node.factors[first].expression.span, describe(factors[first])),),
                help="Use `dot`, `inner`, `outer`, `cross` or `advect` to say which product is meant.",
            )
        )
        return None
    if tensors and node.factors[tensors[0]].divides:
        divisor = node.factors[tensors[0]].expression
        lowering.refuse("E302", f"`/` cannot divide by {describe(factors[tensors[0]])}", divisor.span, "not a number")
        return None
    shape = factors[tensors[0]].shape if tensors else ()
    size = len(factors[tensors[0]].entries) if tensors else 1
    divides = [factor.divides for factor in node.factors]
    entries = []
    for index in range(size):
        written = [value.entries[0 if value.is_scalar else index] for value in factors]
        entry = _fold(lowering, written, divides, node)
        if entry is None:
            return None
        entries.append(entry)
    return Value(shape, tuple(entries))


def _fold(
    lowering: Translation, factors: Sequence[values.Entry], divides: Sequence[bool], node: ast.Product
) -> values.Entry | None:
    """Factors joined from the left: runs of `*` and runs of `/` each give one node."""
    groups: list[tuple[list[values.Entry], bool]] = []
    for factor, divide in zip(factors, divides, strict=True):
        if divide and not isinstance(factor, Complex) and ex.is_number(factor, 0):
            lowering.refuse("E312", "division by zero", node.span, "divides by 0")
            return None
        if groups and groups[-1][1] == divide:
            groups[-1][0].append(factor)
        else:
            groups.append(([factor], divide))
    if len(groups) > ALTERNATIONS_LIMIT:
        return values.divide(
            _multiply([factor for group, divide in groups if not divide for factor in group]),
            _multiply([factor for group, divide in groups if divide for factor in group]),
        )
    result: values.Entry = ex.ONE
    for group, divide in groups:
        if divide:
            result = values.divide(result, _multiply(group))
        else:
            result = _multiply(group if ex.ONE is result else [result, *group])
    return result


def _multiply(factors: Sequence[values.Entry]) -> values.Entry:
    """The product of factors; of several complex ones step by step, real factors standing before them."""
    split = [factor for factor in factors if isinstance(factor, Complex)]
    if len(split) < 2:
        return values.multiply(*factors)
    result: values.Entry = split[0]
    for factor in split[1:]:
        result = values.multiply(result, factor)
        if values.is_too_large(scalar(result)):
            break
    return values.multiply(*(factor for factor in factors if not isinstance(factor, Complex)), result)


def lower_power(lowering: Translation, node: ast.Power) -> Value | None:
    """A power of a scalar; of a complex one with a whole exponent."""
    base, exponent = lowering.scalar(node.base, "the base of a power"), lowering.real(node.exponent, "an exponent")
    if base is None or exponent is None:
        return None
    whole = _whole_number(exponent)
    if whole is not None and abs(whole) > EXPONENT_LIMIT:
        lowering.refuse("E320", f"the exponent is larger than {EXPONENT_LIMIT}", node.exponent.span)
        return None
    if _is_modulus(node.base, base) and whole is not None and whole % 2 == 0 and isinstance(base, ex.Call):
        return scalar(ex.power(base.arguments[0], ex.integer(whole // 2)))
    if not isinstance(base, Complex):
        return scalar(ex.power(base, exponent))
    if whole is None or abs(whole) > COMPLEX_POWER_LIMIT:
        lowering.refuse(
            "E313",
            f"a complex value can be raised to whole powers up to {COMPLEX_POWER_LIMIT} only",
            node.exponent.span,
            remedy="Use `abs`, `re` or `im`, or write the power with `exp`.",
        )
        return None
    result: values.Entry = ex.ONE
    for _ in range(abs(whole)):
        result = values.multiply(result, base)
        if values.is_too_large(scalar(result)):
            break
    return scalar(values.divide(ex.ONE, result) if whole < 0 else result)


def lower_vector(lowering: Translation, node: ast.Vector) -> Value | None:
    """A vector of scalars, or a matrix of rows."""
    found = lowering.all(node.items)
    if found is None:
        return None
    rows = lowering.same_shape(found, [item.span for item in node.items], "a vector cannot")
    if rows is None:
        return None
    shape = rows[0].shape
    if len(shape) > 1:
        lowering.refuse("E303", "a vector of matrices has no meaning here", node.span)
        return None
    return Value((len(rows), *shape), tuple(entry for row in rows for entry in row.entries))


def lower_component(lowering: Translation, node: ast.Component) -> Value | None:
    """A component of a vector or a matrix."""
    base = lowering.value(node.base)
    if base is None:
        return None
    base = lowering.frame.as_vector(base) if len(node.indices) == 1 else base
    if len(base.shape) != len(node.indices):
        count = len(base.shape)
        lowering.refuse(
            "E307",
            f"{describe(base).capitalize()} takes {count or 'no'} {'index' if count == 1 else 'indices'}, "
            f"and {len(node.indices)} {'is' if len(node.indices) == 1 else 'are'} given",
            node.span,
            describe(base),
        )
        return None
    offset = 0
    for size, index in zip(base.shape, node.indices, strict=True):
        position = _position(lowering, index, size)
        if position is None:
            return None
        offset = offset * size + position
    return scalar(base.entries[offset])


def _position(lowering: Translation, index: ast.Expression, size: int) -> int | None:
    """The position (from 0) that an index names: a spatial coordinate, or a whole number from 1."""
    if isinstance(index, ast.Name) and index.text in lowering.scope.space and size == lowering.frame.dimension:
        lowering.scope.find(index.text)
        return lowering.scope.space.index(index.text)
    if isinstance(index, ast.Number) and index.text.isdigit() and 1 <= int(index.text[:9]) <= size:
        return int(index.text) - 1
    if isinstance(index, ast.Name) and lowering.scope.absorbs(index.text):
        return None
    names = ", ".join(f"`{name}`" for name in lowering.scope.space) if size == lowering.frame.dimension else ""
    lowering.refuse(
        "E307",
        "the index names no component",
        index.span,
        f"not one of {size} components",
        f"Write {names or f'a number from 1 to {size}'} between the brackets.",
    )
    return None


def _whole_number(exponent: Expr) -> int | None:
    """The value of a literal whole number, with its sign."""
    negative = isinstance(exponent, ex.Negative)
    literal = exponent.operand if isinstance(exponent, ex.Negative) else exponent
    if not isinstance(literal, ex.Number) or not float(literal.text).is_integer():
        return None
    whole = int(float(literal.text))
    return -whole if negative else whole


def _is_modulus(node: ast.Expression, base: values.Entry) -> bool:
    """Whether the base of a power is `abs(z)` of a complex z, lowered to sqrt(re^2 + im^2)."""
    return (
        isinstance(node, ast.Call)
        and node.function.text == "abs"
        and isinstance(base, ex.Call)
        and base.function == "sqrt"
    )
