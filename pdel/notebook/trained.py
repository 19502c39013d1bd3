"""A trained model in a notebook: its values at points, and its results as a page."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from pdel.compiler import Compilation
from pdel.publish.html import render_results
from pdel.publish.page import page
from pdel.publish.results import Results, results
from pdel.publish.run_folder import read_run


class TrainedModel:
    """A trained network with the module that made it; a notebook shows its results.

    `module` is the generated module, `network` the network that was kept, `run` the run folder, `summary` what
    summary.json says.
    """

    def __init__(self, compilation: Compilation, module: ModuleType, run: Path) -> None:
        """Read the run folder of a module."""
        assert compilation.problem is not None
        self.compilation = compilation
        self.module: Any = module
        self.run = run
        self.network = self.module.load_network(run, "cpu")
        self.summary: dict[str, Any] = dict(self._folder().summary)

    def predict(self, points: Any = None, /, **coordinates: Any) -> dict[str, Any]:
        """The fields at points, as arrays by name.

        `predict(points)` takes an array of shape (n, coordinates), in the order of `module.COORDINATES`;
        `predict(x=…, t=0.5)` takes a number or an array for each coordinate, which are broadcast against each other.
        Raises TypeError where a coordinate is missing or unknown.
        """
        module, torch = self.module, self.module.torch
        if points is not None:
            table = torch.as_tensor(points, dtype=module.DTYPE)
            if table.ndim != 2 or table.shape[1] != len(module.COORDINATES):
                raise TypeError(f"points have the shape (n, {len(module.COORDINATES)})")
            shape = table.shape[:1]
        else:
            if set(coordinates) != set(module.COORDINATES):
                raise TypeError(f"give each of {', '.join(module.COORDINATES)}")
            columns = [torch.as_tensor(coordinates[name], dtype=module.DTYPE) for name in module.COORDINATES]
            columns = torch.broadcast_tensors(*columns)
            shape = columns[0].shape
            table = torch.stack([column.reshape(-1) for column in columns], dim=1)
        values = module.values_at(self.network, table)
        return {name: values[:, index].reshape(shape).numpy() for index, name in enumerate(module.FIELDS)}

    def _folder(self) -> Any:
        problem = self.compilation.problem
        assert problem is not None
        return read_run(self.run, [axis.name for axis in problem.axes], [field.name for field in problem.fields])

    def results(self) -> Results:
        """What the page of the run says."""
        assert self.compilation.problem is not None
        assert self.compilation.plan is not None
        return results(self._folder(), self.compilation.problem, self.compilation.plan)

    def __repr__(self) -> str:
        errors = {name: one.get("l2_relative") for name, one in self.summary["fields"].items()}
        told = ", ".join(f"{name} {error:.2e}" for name, error in errors.items() if error is not None)
        text = f"<trained {self.summary['problem']}: {self.summary['steps']} steps, {self.summary['seconds']:.1f} s"
        return f"{text}, relative L2 error {told}>" if told else f"{text}>"

    def _repr_html_(self) -> str:
        """The results as a notebook shows them."""
        done = self.compilation
        assert done.specification is not None
        assert done.problem is not None
        assert done.plan is not None
        return render_results(page(done.specification, done.problem, done.plan), self.results())
