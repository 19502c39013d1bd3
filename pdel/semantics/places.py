"""Where an expression stands, and what may occur there."""

from __future__ import annotations

from dataclasses import dataclass

NESTING_LIMIT = 180
"""Levels of syntax, those of inlined functions included."""


LARGEST_BOUND = 1e100


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, and what may occur there. `name` is used in messages: `a constant`."""

    name: str
    fields: bool = True
    coordinates: bool = True
    normal: bool = False
    outcome: bool = False
    unknowns: bool = True
    tables: bool = True


CONSTANT = Place("a constant", fields=False, coordinates=False, unknowns=False)
BOUND = Place("a bound", fields=False, coordinates=False, unknowns=False)
CLOSED_FORM = Place("a closed form", fields=False, tables=False)
CONDITION = Place("a `where` condition", fields=False, unknowns=False)
LET = Place("a `let`", normal=True)
EQUATION = Place("an equation")
BOUNDARY = Place("a boundary condition", normal=True)
INITIAL = Place("an initial condition")
CONSTRAINT = Place("a point constraint")
OBSERVED = Place("an observed expression")
QUANTITY = Place("a quantity", normal=True, outcome=True)
