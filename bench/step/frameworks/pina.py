"""PINA: PINN and Trainer on the given points, full batch; an epoch is a step. Lightning's part of it is counted.

The time that the trainer takes to start is not: it is measured from the end of a first epoch.
"""

from __future__ import annotations

import importlib.metadata
import logging
import math
import time
import warnings
from collections.abc import Callable
from typing import Any

import torch
from cases import SPEED
from cases import Condition as Stated
from lightning.pytorch.callbacks import Callback
from pina import Condition, LabelTensor, Trainer
from pina.domain import CartesianDomain
from pina.equation import Equation
from pina.model import FeedForward
from pina.operator import grad, laplacian
from pina.optim import TorchOptimizer
from pina.problem import SpatialProblem
from pina.solver import PINN
from prepared import Inputs, Prepared
from torch import nn

VERSION = f"PINA {importlib.metadata.version('pina-mathlab')}"

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
warnings.filterwarnings("ignore")


class Operators:
    """Derivatives by PINA's operators; the gradient of each function is taken once."""

    def __init__(self, inputs: LabelTensor, outputs: LabelTensor, fields: tuple[str, ...]) -> None:
        """`outputs` are a function of `inputs`; both know their names."""
        self.inputs, self.outputs, self.fields = inputs, outputs, fields
        self.names = inputs.labels
        self.gradients: dict[str, LabelTensor] = {}

    def gradient(self, function: LabelTensor, name: str) -> LabelTensor:
        """The gradient of a function by all coordinates."""
        if name not in self.gradients:
            self.gradients[name] = grad(function, self.inputs, components=[name])
        return self.gradients[name]

    def __call__(self, field: int, *axes: int) -> LabelTensor:
        """A field differentiated by the coordinates `axes`."""
        name = self.fields[field]
        value = self.outputs.extract([name])
        for axis in axes:
            gradient = self.gradient(value, name)
            name = f"d{name}d{self.names[axis]}"
            value = gradient.extract([name])
        return value

    def laplacian(self, field: int) -> LabelTensor:
        """The sum of the second derivatives by all coordinates."""
        return laplacian(self.outputs, self.inputs, components=[self.fields[field]])


class Stopwatch(Callback):  # type: ignore[misc]
    """When the epochs ended."""

    def __init__(self) -> None:
        """No epoch has ended."""
        self.ends: list[float] = []

    def on_train_epoch_end(self, *_: object) -> None:
        """Note the time."""
        self.ends.append(time.perf_counter())


def misfit_equation(condition: Stated, fields: tuple[str, ...]) -> Callable[..., Any]:
    """The misfit of a condition."""

    def misfit(input_: LabelTensor, output_: LabelTensor) -> Any:
        value = condition.value(input_.tensor, torch)
        return Operators(input_, output_, fields)(condition.field, *condition.axes) - value

    return misfit


def problem_of(inputs: Inputs, dtype: torch.dtype) -> SpatialProblem:
    """The problem with a condition for the equations and one for each condition, all at the given points."""
    case = inputs.case
    labels, fields = list(case.coordinates), case.fields
    scale = math.sqrt(len(case.residuals(Counting())))  # PINA takes the mean over the residuals, not their sum

    def labelled(rows: Any) -> LabelTensor:
        return LabelTensor(torch.tensor(rows, dtype=dtype), labels)

    def equations(input_: LabelTensor, output_: LabelTensor) -> Any:
        residuals = case.residuals(Operators(input_, output_, fields))
        return residuals[0] if len(residuals) == 1 else torch.cat(residuals, dim=1) * scale

    stated = {"interior": Condition(input=labelled(inputs.points["interior"]), equation=Equation(equations))}
    for number, condition in enumerate(case.conditions):
        points = labelled(inputs.points[condition.points])
        equation = Equation(misfit_equation(condition, fields))
        stated[f"{condition.points}_{number}"] = Condition(input=points, equation=equation)

    class Problem(SpatialProblem):  # type: ignore[misc]
        """Every coordinate counts as one of space: PINA makes no difference here."""

        output_variables = list(fields)  # noqa: RUF012 - as PINA documents it
        spatial_domain = CartesianDomain({name: [-1, 1] for name in labels})
        conditions = stated

    return Problem()


class Counting:
    """Fields that are the number 0, to count residuals."""

    def __call__(self, *_: int) -> int:
        """0."""
        return 0

    def laplacian(self, _: int) -> int:
        """0."""
        return 0


def prepare(inputs: Inputs) -> Prepared:
    """A solver, and trainers that go on with it."""
    case, dtype = inputs.case, getattr(torch, inputs.precision)
    torch.set_default_dtype(dtype)
    problem = problem_of(inputs, dtype)
    model = FeedForward(2, len(case.fields), inner_size=case.width, n_layers=case.depth, func=nn.Tanh)
    layers = [layer for layer in model.modules() if isinstance(layer, nn.Linear)]
    with torch.no_grad():
        for layer, (weight, bias) in zip(layers, inputs.layers, strict=True):
            layer.weight.copy_(torch.tensor(weight))
            layer.bias.copy_(torch.tensor(bias))
        order = [case.coordinates.index(name) for name in problem.input_variables]  # PINA sorts the coordinates
        layers[0].weight.copy_(layers[0].weight[:, order].clone())
    solver = PINN(problem, model, optimizer=TorchOptimizer(torch.optim.Adam, lr=SPEED))
    first: list[float] = []

    class Losses(Callback):  # type: ignore[misc]
        """The loss of the first epoch."""

        def on_train_batch_end(self, _trainer: object, _module: object, outputs: Any, *_: object) -> None:
            """Note the loss before the step."""
            if not first:
                first.append(float(outputs["loss"]))

    def seconds_of(steps: int) -> float:
        stopwatch = Stopwatch()
        trainer = Trainer(
            solver,
            max_epochs=steps + 1,
            accelerator="cpu",
            shuffle=False,
            callbacks=[stopwatch, *([] if first else [Losses()])],
            enable_progress_bar=False,
            enable_model_summary=False,
            enable_checkpointing=False,
            logger=False,
        )
        trainer.train()
        return stopwatch.ends[-1] - stopwatch.ends[0]

    seconds_of(1)
    return Prepared(first[0], seconds_of)
