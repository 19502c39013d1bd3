"""The driver: which stages run after which findings, and what a failing stage becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import STAGES, Compilation, StageFailureError, compile_specification, diagnose
from pdel.diagnostics.model import Result, error, warning
from pdel.source import Span
from pdel.syntax.ast import Specification

CALLS = (
    "pdel.source_load.load_source",
    "pdel.syntax.parse.parse",
    "pdel.semantics.resolve.resolve",
    "pdel.maths.lower.lower",
    "pdel.plan.build.build_plan",
    "pdel.render.module.render_module",
)
"""The function of each stage."""

HERE = Span(0, 0)


class Stages:
    """Stages that do nothing but say what they are told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.called: list[str] = []
        self.results: dict[str, Result[object]] = {}
        for name, call in zip(STAGES[1:], CALLS[1:], strict=True):
            monkeypatch.setattr(call, lambda *arguments, name=name: self.run(name, arguments))

    def run(self, name: str, arguments: tuple[object, ...]) -> object:
        self.called.append(name)
        if name in self.results:
            return self.results[name]
        if name == "parse":
            from pdel.source import Source, Sources

            source, overrides = arguments
            assert isinstance(source, Source)
            return Result(Specification(Sources((source,)), (), (), overrides))  # type: ignore[arg-type]
        return "text" if name == "render" else Result(name)


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    return Stages(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.pde"
    file.write_text("problem a\n", encoding="utf-8")
    return file


def test_all_stages_run_in_order(stages: Stages, path: Path) -> None:
    done = compile_specification(path, ("constant.nu=1",))
    assert stages.called == list(STAGES[1:])
    assert done.source is not None
    assert done.source.name == "a.pde"
    assert done.specification is not None
    assert done.specification.overrides == ("constant.nu=1",)
    assert (done.problem, done.model, done.plan, done.text) == ("resolve", "lower", "plan", "text")
    assert not done.has_errors
    assert diagnose(path).text is None


@pytest.mark.parametrize("last", STAGES)
def test_it_stops_where_it_is_told_to(stages: Stages, path: Path, last: str) -> None:
    compile_specification(path, last=last)
    assert stages.called == list(STAGES[1 : STAGES.index(last) + 1])


@pytest.mark.parametrize("failing", ["resolve", "lower", "plan"])
def test_an_error_stops_the_way_and_warnings_do_not(stages: Stages, path: Path, failing: str) -> None:
    stages.results = {
        "resolve": Result("problem", (warning("W701", "m", HERE),)),
        failing: Result("value", (error("E201", "m", HERE), warning("W702", "m", HERE))),
    }
    done = compile_specification(path)
    assert stages.called == list(STAGES[1 : STAGES.index(failing) + 1])
    assert done.has_errors
    assert [item.code for item in done.diagnostics][-2:] == ["E201", "W702"]
    assert done.text is None


def test_names_are_looked_up_after_syntax_errors_but_no_mathematics_is_done(stages: Stages, path: Path) -> None:
    parsed = compile_specification(path, last="parse").specification
    stages.called.clear()
    stages.results = {
        "parse": Result(parsed, (error("E110", "m", HERE),)),
        "resolve": Result(None, (error("E201", "m", HERE),)),
    }
    done = compile_specification(path)
    assert stages.called == ["parse", "resolve"]
    assert [item.code for item in done.diagnostics] == ["E110", "E201"]
    assert isinstance(done, Compilation)


def test_unsafe_text_is_not_parsed(stages: Stages, path: Path) -> None:
    path.write_bytes(b"problem \xff\n")
    assert compile_specification(path).has_errors
    assert stages.called == []


def test_an_exception_names_its_stage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("deep")

    monkeypatch.setattr("pdel.semantics.resolve.resolve", fail)
    with pytest.raises(StageFailureError) as caught:
        compile_specification(path)
    assert caught.value.stage == "resolve"
    assert isinstance(caught.value.__cause__, RecursionError)


def test_a_stage_without_value_and_error_is_a_failure(stages: Stages, path: Path) -> None:
    stages.results = {"lower": Result(None)}
    with pytest.raises(StageFailureError) as caught:
        compile_specification(path)
    assert caught.value.stage == "lower"
