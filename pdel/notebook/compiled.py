"""A specification of a notebook's cell: compiled, shown as mathematics, trained in this process."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from pdel.api import SpecificationError, imported
from pdel.cli.module_file import write_module
from pdel.compiler import Compilation, compile_source
from pdel.notebook.trained import TrainedModel
from pdel.publish.html import render_fragment
from pdel.publish.page import page
from pdel.source_load import check_text

NAME = "cell.pde"
"""What diagnostics call a cell whose problem has no readable name."""

SHOWN_EVERY = 1.0
"""Seconds between two pictures of the training."""


class CompiledProblem:
    """A problem ready to be trained; a notebook shows it as mathematics.

    `compilation` has what every stage of the compiler made, `text` is the module.
    """

    def __init__(self, compilation: Compilation) -> None:
        """Take a compilation without errors. Raises SpecificationError for one with errors."""
        if compilation.has_errors or compilation.text is None:
            raise SpecificationError(compilation)
        self.compilation = compilation
        self.text = compilation.text

    @classmethod
    def of_text(cls, text: str, overrides: tuple[str, ...] = (), folder: Path | None = None) -> CompiledProblem:
        """Compile a text; data files are looked for in `folder` (the working folder).

        Raises SpecificationError.
        """
        place = (Path() if folder is None else folder) / NAME
        compilation = compile_source(check_text(NAME, text), place, overrides, last="resolve")
        if compilation.problem is not None:
            place = place.with_name(f"{compilation.problem.name}.pde")
        return cls(compile_source(check_text(place.name, text), place, overrides))

    @property
    def name(self) -> str:
        """The name of the problem."""
        assert self.compilation.problem is not None
        return self.compilation.problem.name

    def train(
        self,
        out: str | Path | None = None,
        *,
        seed: int | None = None,
        budget: float | None = None,
        watch: Callable[[Path], None] | None = None,
    ) -> TrainedModel:
        """Train in this process, into the run folder `out` (`runs/NAME`); the module goes beside the data files.

        `watch` is called with the run folder about every second. Ctrl-C, or the notebook's stop button, ends training
        after the step under way. Raises ClickException where a file of somebody else has the module's name, and
        ImportError without torch.
        """
        run = Path("runs") / self.name if out is None else Path(out)
        module_path = self.compilation.path.with_suffix(".py")
        write_module(module_path, self.text, self.compilation.path, force=False)
        module = imported(self.text, module_path, f"pdel_generated_{module_path.stem}")
        with _interruption() as asked:
            module.train(run, seed=seed, budget=budget, quiet=True, interrupted=_watching(run, watch, asked))
        if watch is not None:
            watch(run)
        return TrainedModel(self.compilation, module, run)

    def __repr__(self) -> str:
        assert self.compilation.plan is not None
        parameters = self.compilation.plan.network.parameters
        return f"<pdel problem {self.name}: {len(self.compilation.plan.residuals)} residuals, {parameters} parameters>"

    def _repr_html_(self) -> str:
        """The problem as a notebook shows it."""
        done = self.compilation
        assert done.specification is not None
        assert done.problem is not None
        assert done.plan is not None
        return render_fragment(page(done.specification, done.problem, done.plan))


def _watching(run: Path, watch: Callable[[Path], None] | None, asked: Callable[[], bool]) -> Callable[[], bool]:
    """What training asks after every step: shows how far it is, and says whether to stop."""
    shown = time.monotonic()

    def interrupted() -> bool:
        nonlocal shown
        if watch is not None and time.monotonic() - shown >= SHOWN_EVERY:
            watch(run)
            shown = time.monotonic()
        return asked()

    return interrupted


@contextmanager
def _interruption() -> Iterator[Callable[[], bool]]:
    """Note Ctrl-C in place of raising an exception in the middle of a step; the former handler comes back."""
    noted = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        noted.set()

    if threading.current_thread() is not threading.main_thread():
        yield noted.is_set
        return
    former: Any = signal.signal(signal.SIGINT, note)
    try:
        yield noted.is_set
    finally:
        signal.signal(signal.SIGINT, former)
