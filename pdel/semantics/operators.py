"""Vector and tensor operators on lowered values, with their shape rules.

Conventions: grad(u)[i, j] = d u_i/d x_j; div works on rows; advect(w, u) = (w . grad) u; dn(u) = sum_i n_i du/dx_i.
With one dimension of space a vector of one component and a scalar stand for each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from pdel import expression as ex
from pdel.semantics import values
from pdel.semantics.derivatives import differentiate
from pdel.semantics.values import Complex, Entry, Value, describe, scalar, vector


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an operator cannot be applied, and what to write instead."""

    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The spatial coordinates, and all coordinates in the order of the axes."""

    space: tuple[str, ...]
    axes: tuple[str, ...]

    @property
    def dimension(self) -> int:
        """The number of spatial coordinates."""
        return len(self.space)

    def derivative(self, entry: Entry, coordinate: str) -> Entry:
        """The partial derivative of an entry."""
        if isinstance(entry, Complex):
            return values.pair(
                differentiate(entry.re, coordinate, self.axes), differentiate(entry.im, coordinate, self.axes)
            )
        return differentiate(entry, coordinate, self.axes)

    def as_scalar(self, value: Value) -> Value:
        """A vector of one component as a scalar where space has one dimension."""
        return Value((), value.entries) if self.dimension == 1 and len(value.entries) == 1 else value

    def as_vector(self, value: Value) -> Value:
        """A scalar as a vector of one component where space has one dimension."""
        return Value((1,), value.entries) if self.dimension == 1 and value.is_scalar else value


DIFFERENTIAL = frozenset({"grad", "div", "curl", "laplacian", "advect", "dn"})
"""Operators that differentiate their last argument."""


def apply(name: str, arguments: tuple[Value, ...], frame: Frame) -> Value | Refusal:
    """Apply an operator of `names.OPERATORS` to as many values as it takes."""
    if name in DIFFERENTIAL and not frame.space:
        return Refusal(f"`{name}` differentiates in space, and the problem has no space", "Use `d(…, t)` or `u_t`.")
    match name:
        case "grad":
            return gradient(arguments[0], frame)
        case "div":
            return divergence(frame.as_vector(arguments[0]), frame)
        case "curl":
            return curl(arguments[0], frame)
        case "laplacian":
            return laplacian(arguments[0], frame)
        case "advect":
            return advect(frame.as_vector(arguments[0]), arguments[1], frame)
        case "dn":
            return advect(normal(frame), arguments[0], frame)
        case "dot":
            return dot(frame.as_vector(arguments[0]), frame.as_vector(arguments[1]), frame)
        case "cross":
            return cross(arguments[0], arguments[1])
        case "inner":
            return inner(arguments[0], arguments[1])
        case "outer":
            return outer(arguments[0], arguments[1])
        case "sym" | "trace" | "transpose":
            return of_matrix(name, arguments[0])
        case "re":
            return values.map_entries(arguments[0], values.real_part)
        case "im":
            return values.map_entries(arguments[0], values.imaginary_part)
        case _:
            return values.map_entries(arguments[0], values.conjugate)


def identity(frame: Frame) -> Value:
    """The identity matrix of space."""
    size = frame.dimension
    return values.matrix([[ex.ONE if i == j else ex.ZERO for j in range(size)] for i in range(size)])


def normal(frame: Frame) -> Value:
    """The outward unit normal."""
    return vector([ex.Normal(name) for name in frame.space])


def tangent(frame: Frame) -> Value | Refusal:
    """The unit tangent (-n_y, n_x) of a plane region: the region lies on its left."""
    if frame.dimension != 2:
        return Refusal("`tangent` is defined in two dimensions of space only")
    return vector([ex.negate(ex.Normal(frame.space[1])), ex.Normal(frame.space[0])])


def gradient(value: Value, frame: Frame) -> Value | Refusal:
    """grad(u)[i, j] = d u_i/d x_j; of a scalar the vector of its derivatives."""
    if len(value.shape) > 1:
        return Refusal(f"`grad` takes a scalar or a vector, and this is {describe(value)}")
    rows = [[frame.derivative(entry, name) for name in frame.space] for entry in value.entries]
    return vector(rows[0]) if value.is_scalar else values.matrix(rows)


def divergence(value: Value, frame: Frame) -> Value | Refusal:
    """Sum_j d v_j/d x_j; of a matrix row by row."""
    if value.shape[-1:] != (frame.dimension,):
        help_text = "Use `grad` for a scalar." if value.is_scalar else "The last index runs over the coordinates."
        return Refusal(
            f"`div` takes a vector of {frame.dimension} or a matrix with {frame.dimension} columns, "
            f"and this is {describe(value)}",
            help_text,
        )

    def of_row(row: tuple[Entry, ...]) -> Entry:
        return values.add(*(frame.derivative(entry, name) for entry, name in zip(row, frame.space, strict=True)))

    if len(value.shape) == 1:
        return scalar(of_row(value.entries))
    return vector([of_row(value.row(index)) for index in range(value.shape[0])])


def curl(value: Value, frame: Frame) -> Value | Refusal:
    """The rotation: in space of a vector, in the plane of a vector (a scalar) or of a scalar (a vector)."""
    derivative, entries = frame.derivative, value.entries
    match frame.space, value.shape:
        case (x, y, z), (3,):
            return vector(
                [
                    values.add(derivative(entries[2], y), values.negate(derivative(entries[1], z))),
                    values.add(derivative(entries[0], z), values.negate(derivative(entries[2], x))),
                    values.add(derivative(entries[1], x), values.negate(derivative(entries[0], y))),
                ]
            )
        case (x, y), (2,):
            return scalar(values.add(derivative(entries[1], x), values.negate(derivative(entries[0], y))))
        case (x, y), ():
            return vector([derivative(entries[0], y), values.negate(derivative(entries[0], x))])
        case _:
            return Refusal(
                f"`curl` of {describe(value)} is not defined in {frame.dimension} dimensions of space",
                "It takes a vector of 3 in space, and a vector of 2 or a scalar in the plane.",
            )


def laplacian(value: Value, frame: Frame) -> Value:
    """Sum_j d^2 u/d x_j^2, entry by entry."""
    return values.map_entries(
        value,
        lambda entry: values.add(*(frame.derivative(frame.derivative(entry, name), name) for name in frame.space)),
    )


def advect(velocity: Value, value: Value, frame: Frame) -> Value | Refusal:
    """(w . grad) u = sum_j w_j d u/d x_j, entry by entry."""
    if velocity.shape != (frame.dimension,):
        return Refusal(f"the velocity of `advect` is a vector of {frame.dimension}, and this is {describe(velocity)}")
    return values.map_entries(
        value,
        lambda entry: values.add(
            *(
                values.multiply(speed, frame.derivative(entry, name))
                for speed, name in zip(velocity.entries, frame.space, strict=True)
            )
        ),
    )


def dot(left: Value, right: Value, frame: Frame) -> Value | Refusal:
    """a . b for vectors, A b for a matrix and a vector, A B for matrices: sums over the neighbouring indices."""
    if left.is_scalar or right.is_scalar:
        return Refusal("`dot` takes vectors or matrices, and one of these is a scalar", "Multiply with `*`.")
    if len(left.shape) == 1 and len(right.shape) == 2:
        return Refusal(
            "`dot` of a vector and a matrix is ambiguous: it could sum over the rows or over the columns",
            "Write `advect(w, u)` for (w·∇)u, or `dot(transpose(A), w)` or `dot(A, w)` for a matrix A.",
        )
    if left.shape[-1] != right.shape[0]:
        return Refusal(f"`dot` of {describe(left)} and {describe(right)}: the lengths differ")
    rows = [left.entries] if len(left.shape) == 1 else [left.row(index) for index in range(left.shape[0])]
    if len(right.shape) == 1:
        entries = [_contract(row, right.entries) for row in rows]
        return scalar(entries[0]) if len(left.shape) == 1 else frame.as_scalar(vector(entries))
    columns = [tuple(right.row(k)[j] for k in range(right.shape[0])) for j in range(right.shape[1])]
    return values.matrix([[_contract(row, column) for column in columns] for row in rows])


def _contract(left: tuple[Entry, ...], right: tuple[Entry, ...]) -> Entry:
    return values.add(*(values.multiply(a, b) for a, b in zip(left, right, strict=True)))


def cross(left: Value, right: Value) -> Value | Refusal:
    """The vector product in space; in the plane its one component a_x b_y - a_y b_x."""
    a, b = left.entries, right.entries

    def minor(i: int, j: int) -> Entry:
        return values.add(values.multiply(a[i], b[j]), values.negate(values.multiply(a[j], b[i])))

    match left.shape, right.shape:
        case (3,), (3,):
            return vector([minor(1, 2), minor(2, 0), minor(0, 1)])
        case (2,), (2,):
            return scalar(minor(0, 1))
        case _:
            return Refusal(
                f"`cross` takes two vectors of 3 (or of 2), and these are {describe(left)} and {describe(right)}"
            )


def inner(left: Value, right: Value) -> Value | Refusal:
    """The sum of the products of all entries: a . b or A : B."""
    if left.shape != right.shape or left.is_scalar:
        return Refusal(
            f"`inner` takes two vectors or two matrices of one shape, and these are {describe(left)} and "
            f"{describe(right)}"
        )
    return scalar(_contract(left.entries, right.entries))


def outer(left: Value, right: Value) -> Value | Refusal:
    """The matrix a_i b_j."""
    if len(left.shape) != 1 or len(right.shape) != 1:
        return Refusal(f"`outer` takes two vectors, and these are {describe(left)} and {describe(right)}")
    return Value(
        (left.shape[0], right.shape[0]),
        tuple(values.multiply(a, b) for a, b in product(left.entries, right.entries)),
    )


def of_matrix(name: str, value: Value) -> Value | Refusal:
    """sym(A) = (A + A^T)/2, trace(A), transpose(A)."""
    if len(value.shape) != 2:
        return Refusal(f"`{name}` takes a matrix, and this is {describe(value)}")
    rows, columns = value.shape
    transposed = [[value.row(i)[j] for i in range(rows)] for j in range(columns)]
    if name == "transpose":
        return values.matrix(transposed)
    if rows != columns:
        return Refusal(f"`{name}` takes a square matrix, and this is {describe(value)}")
    if name == "trace":
        return scalar(values.add(*(value.row(i)[i] for i in range(rows))))
    return values.matrix(
        [
            [
                value.row(i)[i] if i == j else values.divide(values.add(value.row(i)[j], transposed[i][j]), ex.TWO)
                for j in range(columns)
            ]
            for i in range(rows)
        ]
    )
