"""Small problems compiled to modules, for the tests of what a module does when it runs."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from pdel.compiler import compile_specification
from tests.modules import import_module

DECAY = """\
problem decay "Exponential decay"
time       t in [0, 2]
field      u(t)
equation   rate:   u_t = -u
initial    start:  u = 1
exact      u = exp(-t)
network    mlp(width = 6, depth = 1)
sample     interior: {sampler}
train      {train}
precision  float64
"""

SOFT = """\
problem soft "Heat with soft conditions, a table and a quantity"
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
equation   heat:    u_t = u_xx
boundary   walls:   u = 0  on x = 0, x = 1
initial    start:   u = sin(pi*x)
quantity   middle = u(0.5, 0.5)
reference  u from "table.csv"
reference  middle = 0.1
network    mlp(width = 5, depth = 2)
enforce    walls: softly
enforce    start: softly
sample     interior: random(points = 30)
resample   rad(every = 30, pool = 90)
train      broyden(steps = 120)
"""

TABLE = "t,u,x\n0,1,0.5\n0,0.5,0.1666666666666667\n0.1,0.37271,0.5\n"


def decay(train: str, sampler: str = "hammersley(points = 40)", resample: str = "") -> str:
    """The specification of a problem that trains in milliseconds."""
    text = DECAY.format(train=train, sampler=sampler)
    return f"{text}resample   {resample}\n" if resample else text


def write_module(folder: Path, specification: str) -> Path:
    """The module of a specification, written beside it."""
    name = specification.split()[1]
    source = folder / f"{name}.pde"
    source.write_text(specification, encoding="utf-8")
    compiled = compile_specification(source)
    assert compiled.text is not None, compiled.diagnostics
    module = source.with_suffix(".py")
    module.write_text(compiled.text, encoding="utf-8")
    return module


def make(folder: Path, specification: str) -> ModuleType:
    """A specification compiled and imported."""
    return import_module(write_module(folder, specification))


class StopAfter:
    """Asks for an interruption after so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self) -> bool:
        self.left -= 1
        return self.left <= 0
