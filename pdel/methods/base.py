"""What a method is: a frozen descriptor from which option checks, explanations, docs and completion are derived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a method: its default gives its type (int, float, bool, str)."""

    name: str
    default: int | float | bool | str
    purpose: str
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a method was published."""

    key: str
    text: str
    bibtex: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a family: `network mlp(…)`, `sample hammersley(…)`, `train adam(…)`.

    `description` is the documentation: the mathematics in plain notation, when to use it, what it costs.
    `template` names the Jinja template with the code that it contributes to a module ("" where it is data only),
    `shared` the templates of what that code calls, which a module has once. `gradients` says of a method of training
    whether its steps take the gradient of the loss: that is what a module can compile.
    """

    family: str
    name: str
    purpose: str
    description: str
    options: tuple[Option, ...] = ()
    citation: Citation | None = None
    template: str = ""
    shared: tuple[str, ...] = ()
    gradients: bool = True
    example: str = ""

    def defaults(self) -> dict[str, Any]:
        """The default of every option."""
        return {option.name: option.default for option in self.options}
