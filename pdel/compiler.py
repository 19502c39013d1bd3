"""The whole way from a specification to a module, on one screen.

    stage       in                      out               imports
    load        path                    Source            —
    parse       Source, overrides       Specification     —
    resolve     Specification, folder   Problem           —
    lower       Problem                 Model             sympy
    plan        Model                   Plan              —
    render      Plan                    text              jinja2

Every stage is a pure function that returns a value and its diagnostics. The next one runs where a value
was made and no error was found; names are looked up even after syntax errors, in the statements that are
sound, so that one run finds as many mistakes as it can. Stages are imported when they are reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pdel.diagnostics.model import Diagnostic, Result, Severity
from pdel.source import Source, Sources

if TYPE_CHECKING:
    from pdel.maths.model import Model
    from pdel.plan.plan import Plan
    from pdel.semantics.problem import Problem
    from pdel.syntax.ast import Specification

T = TypeVar("T")

STAGES = ("load", "parse", "resolve", "lower", "plan", "render")
"""The stages in their order, as `compile_specification` takes them to stop early."""


class StageFailureError(Exception):
    """A stage raised an exception (the cause): an error of pdel, never of a specification."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.stage = stage


@dataclass(frozen=True, slots=True)
class Compilation:
    """What a run of the compiler made: each stage's value, None from the first stage that did not come to one."""

    path: Path
    sources: Sources
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source | None = None
    specification: Specification | None = field(default=None, repr=False)
    problem: Problem | None = field(default=None, repr=False)
    model: Model | None = field(default=None, repr=False)
    plan: Plan | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)

    @property
    def has_errors(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)

    def having(self, result: Result[T]) -> Compilation:
        """The same with the diagnostics of one more stage."""
        return replace(self, diagnostics=self.diagnostics + result.diagnostics)


def diagnose(path: Path, overrides: tuple[str, ...] = (), *, pedantic: bool = False) -> Compilation:
    """Find every mistake in a specification: all stages but the rendering."""
    with _stage("load"):
        from pdel.source_load import load_source  # noqa: PLC0415

        loaded = _sound(load_source(path))
    return diagnose_source(loaded, path, overrides, pedantic=pedantic)


def diagnose_source(
    loaded: Result[Source], path: Path, overrides: tuple[str, ...] = (), *, pedantic: bool = False
) -> Compilation:
    """The same for a source that has been loaded; data files are looked for in the folder of `path`.

    `pedantic` adds the advice that is given only when it is asked for.
    """
    done = _compile(loaded, path, overrides, "plan")
    source, specification, problem = done.source, done.specification, done.problem
    if pedantic and not done.has_errors and source and specification and problem:
        from pdel.semantics.pedantic import pedantic_advice  # noqa: PLC0415
        from pdel.syntax.allow import check_allowances  # noqa: PLC0415

        done = done.having(Result(None, pedantic_advice(specification, problem)))
        done = done.having(Result(None, check_allowances(source, done.diagnostics)))
    return _without_allowed(done)


def compile_specification(path: Path, overrides: tuple[str, ...] = (), *, last: str = "render") -> Compilation:
    """Compile a specification with the `--set` texts applied, up to the stage `last`.

    Raises StageFailureError, with the exception as its cause, where a stage fails for a reason of its own.
    """
    with _stage("load"):
        from pdel.source_load import load_source  # noqa: PLC0415

        loaded = _sound(load_source(path))
    return compile_source(loaded, path, overrides, last=last)


def compile_source(
    loaded: Result[Source], path: Path, overrides: tuple[str, ...] = (), *, last: str = "render"
) -> Compilation:
    """Compile a text that has been loaded; `path` is where it belongs, and its data files lie beside that.

    The text may be newer than the file, as it is in an editor. Advice that a comment silences is left out. Raises
    StageFailureError as above.
    """
    return _without_allowed(_compile(loaded, path, overrides, last))


def _without_allowed(done: Compilation) -> Compilation:
    """The same without the advice that comments of the specification silence."""
    if done.source is None or not done.diagnostics:
        return done
    from pdel.syntax.allow import silenced  # noqa: PLC0415

    return replace(done, diagnostics=silenced(done.source, done.diagnostics))


def _compile(loaded: Result[Source], path: Path, overrides: tuple[str, ...], last: str) -> Compilation:
    """The stages one after the other, with all that they find."""
    wanted = STAGES[: STAGES.index(last) + 1]
    override_sources = tuple(Source(f"--set {text}", text) for text in overrides)
    done = Compilation(path, Sources((Source(path.name, ""), *override_sources))).having(loaded)
    if loaded.value is None:
        return done
    done = replace(done, source=loaded.value, sources=Sources((loaded.value, *override_sources)))
    if done.has_errors or "parse" not in wanted:
        return done

    with _stage("parse"):
        from pdel.syntax.parse import parse  # noqa: PLC0415

        parsed = _sound(parse(loaded.value, overrides))
    done = done.having(parsed)
    if parsed.value is None:
        return done
    done = replace(done, specification=parsed.value, sources=parsed.value.sources)
    if "resolve" not in wanted:
        return done

    with _stage("resolve"):
        from pdel.semantics.resolve import resolve  # noqa: PLC0415

        resolved = _sound(resolve(parsed.value, path.parent))
    done = replace(done.having(resolved), problem=resolved.value)
    if done.has_errors or resolved.value is None or "lower" not in wanted:
        return done

    with _stage("lower"):
        from pdel.maths.lower import lower  # noqa: PLC0415

        lowered = _sound(lower(resolved.value))
    done = replace(done.having(lowered), model=lowered.value)
    if done.has_errors or lowered.value is None or "plan" not in wanted:
        return done

    with _stage("plan"):
        from pdel.plan.build import build_plan  # noqa: PLC0415

        planned = _sound(build_plan(lowered.value))
    done = replace(done.having(planned), plan=planned.value)
    if done.has_errors or planned.value is None or "render" not in wanted:
        return done

    with _stage("render"):
        from pdel.render.module import render_module  # noqa: PLC0415

        text = render_module(planned.value)
    return replace(done, text=text)


def _sound(result: Result[T]) -> Result[T]:
    """The result of a stage, which has a value or says why it has none."""
    if result.value is None and not result.has_errors:
        raise AssertionError("the stage gave neither a value nor an error")
    return result


@contextmanager
def _stage(name: str) -> Iterator[None]:
    """Say which stage an exception came from."""
    try:
        yield
    except Exception as failure:
        raise StageFailureError(name) from failure
