"""The registry: every method and every family, listed by hand. A new method is one line here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from pdel.methods.base import Method
from pdel.methods.budget import constant as budget_constant
from pdel.methods.compile import always as compile_always
from pdel.methods.compile import auto as compile_auto
from pdel.methods.compile import never as compile_never
from pdel.methods.enforce import exactly, softly
from pdel.methods.march import whole, windows
from pdel.methods.mask import exponential
from pdel.methods.mask import none as mask_none
from pdel.methods.network import fourier, mlp, modified, residual, siren
from pdel.methods.precision import float32, float64
from pdel.methods.prune import absolute, bias, deviation, frequency, rms
from pdel.methods.prune import random as prune_random
from pdel.methods.ramp import geometric, linear
from pdel.methods.resample import (
    gradient_dot,
    influence,
    loss_gradient,
    none,
    output_gradient,
    r3,
    rad,
)
from pdel.methods.resample import random as resample_random
from pdel.methods.resample import residual as resample_residual
from pdel.methods.sample import grid, halton, hammersley, latin, random, sobol
from pdel.methods.seed import constant as seed_constant
from pdel.methods.train import adam, broyden, data_first, gauss_newton, lbfgs, least_squares, soap
from pdel.methods.train import prune as train_prune
from pdel.methods.weigh import attention
from pdel.methods.weigh import constant as weigh_constant

METHODS: tuple[Method, ...] = (
    mlp.METHOD,
    residual.METHOD,
    fourier.METHOD,
    modified.METHOD,
    siren.METHOD,
    exponential.METHOD,
    mask_none.METHOD,
    exactly.METHOD,
    softly.METHOD,
    hammersley.METHOD,
    halton.METHOD,
    sobol.METHOD,
    latin.METHOD,
    random.METHOD,
    grid.METHOD,
    rad.METHOD,
    resample_residual.METHOD,
    r3.METHOD,
    influence.METHOD,
    gradient_dot.METHOD,
    loss_gradient.METHOD,
    output_gradient.METHOD,
    resample_random.METHOD,
    none.METHOD,
    weigh_constant.METHOD,
    attention.METHOD,
    windows.METHOD,
    whole.METHOD,
    geometric.METHOD,
    linear.METHOD,
    bias.METHOD,
    absolute.METHOD,
    rms.METHOD,
    frequency.METHOD,
    deviation.METHOD,
    prune_random.METHOD,
    adam.METHOD,
    lbfgs.METHOD,
    broyden.METHOD,
    gauss_newton.METHOD,
    least_squares.METHOD,
    data_first.METHOD,
    soap.METHOD,
    train_prune.METHOD,
    float32.METHOD,
    float64.METHOD,
    budget_constant.METHOD,
    seed_constant.METHOD,
    compile_auto.METHOD,
    compile_always.METHOD,
    compile_never.METHOD,
)


class TargetKind(Enum):
    """What may stand between a family's name and the colon."""

    NOTHING = "nothing"
    UNKNOWN_FIELDS = "names of unknown fields and terms"
    CONDITIONS = "names of conditions"
    POINTS = "`interior` and names of conditions"
    TERMS = "names of equations, conditions and data"
    DATA = "names of data"
    CONSTANTS = "names of constants"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of methods, the first word of a method statement.

    `chained` families take phases joined by `then`; `number` families take a number in place of a call, which is
    the option `value` of the method `constant`, or one of their other methods; `later` are methods of the language that
    are not built yet.
    """

    name: str
    purpose: str
    targets: TargetKind = TargetKind.NOTHING
    target_required: bool = False
    chained: bool = False
    number: bool = False
    later: tuple[str, ...] = ()


FAMILIES: tuple[Family, ...] = (
    Family("network", "the function that is trained", TargetKind.UNKNOWN_FIELDS),
    Family("mask", "a learned factor of every hidden neuron", TargetKind.UNKNOWN_FIELDS),
    Family("enforce", "how conditions are met", TargetKind.CONDITIONS),
    Family("sample", "where collocation points lie", TargetKind.POINTS),
    Family("resample", "how the points of the equations move during training"),
    Family(
        "weigh",
        "what the terms of the loss count",
        TargetKind.TERMS,
        target_required=True,
        number=True,
        later=("gradient_norm", "ntk", "relobralo", "softadapt", "self_adaptive"),
    ),
    Family("prune", "what a network learned from corrupted data is removed", TargetKind.DATA, target_required=True),
    Family("march", "whether time is cut into windows"),
    Family("ramp", "a constant that changes during training", TargetKind.CONSTANTS, target_required=True),
    Family("train", "the phases of training, joined by `then`", chained=True),
    Family("budget", "the seconds that training has", number=True),
    Family("precision", "the bits of a number"),
    Family("seed", "where random numbers start", number=True),
    Family("compile", "whether training is compiled"),
)

LATER_FAMILIES: tuple[str, ...] = ("decompose", "estimate")
"""Families that belong to the language and are not built yet."""


def families() -> tuple[str, ...]:
    """The names of all families, in order."""
    return tuple(family.name for family in FAMILIES)


def family_of(name: str) -> Family | None:
    """The family of a name, or None."""
    return next((family for family in FAMILIES if family.name == name), None)


def methods_of(family: str) -> tuple[Method, ...]:
    """The methods of a family, in order."""
    return tuple(method for method in METHODS if method.family == family)


def named_methods(family: Family) -> tuple[Method, ...]:
    """The methods that are called by name: not the one that a number stands for."""
    return methods_of(family.name)[1 if family.number else 0 :]


def find(family: str, name: str) -> Method | None:
    """The method of a family by its name, or None."""
    return next((method for method in METHODS if method.family == family and method.name == name), None)


def takes_gradients(names: Iterable[str]) -> bool:
    """Whether any of these methods of training takes the gradient of the loss: that is what can be compiled."""
    methods = [find("train", name) for name in names]
    return any(method is not None and method.gradients for method in methods)
