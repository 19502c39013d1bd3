"""The options that the networks share."""

from __future__ import annotations

from pdel.methods.base import Option

ACTIVATIONS = ("tanh", "sin", "gelu", "silu", "softplus")
"""The activations whose derivatives the compiler writes out: all smooth, as derivatives of the network need."""


def width(default: int) -> Option:
    """The number of neurons of every hidden layer."""
    return Option("width", default, "neurons in every hidden layer", at_least=1, at_most=4096)


def depth(default: int, purpose: str = "hidden layers") -> Option:
    """The number of hidden layers, or of blocks."""
    return Option("depth", default, purpose, at_least=1, at_most=64)


def reach() -> Option:
    """Half the length of the interval that coordinates are scaled to."""
    return Option("range", 1.0, "coordinates enter scaled to [-range, range]", above=0)


def factorised() -> Option:
    """Whether weights are trained as a scale of every neuron and a direction."""
    return Option("factorised", False, "train the weights as a scale of every neuron times a direction")


def activation(default: str = "tanh") -> Option:
    """The activation of the hidden layers."""
    return Option("activation", default, "activation of the hidden layers", choices=ACTIVATIONS)
