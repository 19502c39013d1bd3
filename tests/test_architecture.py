"""The rules that keep the stages apart, checked on the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "pdel").rglob("*.py"))

ORDER = ("syntax", "semantics", "maths", "plan", "render", "publish", "cli")
"""The stages from top to bottom: one imports those before it only."""

EVERYWHERE = (
    "source",
    "diagnostics",
    "datafiles",
    "evaluate",
    "expression",
    "geometry",
    "geometry_points",
    "notation",
    "methods",
    "resources",
    "source_load",
    "tabulated",
    "python_names",
)


def imports(path: Path) -> set[str]:
    """The modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def module_name(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_files(path: Path, known: frozenset[str]) -> set[str]:
    """The modules of this package that a file imports anywhere in it, for types alone too; the package itself aside."""
    found = imports(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found & known - {"pdel"}


def test_no_files_import_one_another_in_a_circle() -> None:
    names = {module_name(path): path for path in SOURCES}
    waiting = {name: imported_files(path, frozenset(names)) for name, path in names.items() if name != "pdel"}
    while free := [name for name, needed in waiting.items() if not needed & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert not waiting, f"these import one another, or one that does: {sorted(waiting)}"


def package(path: Path) -> str:
    """The stage that a file belongs to, or its own name at the top."""
    parts = path.relative_to(ROOT / "pdel").parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_stage_imports_only_the_stages_above_it(path: Path) -> None:
    stage = package(path)
    if stage not in ORDER[:-1]:
        return
    allowed = set(ORDER[: ORDER.index(stage) + 1]) | set(EVERYWHERE)
    for name in imports(path):
        if name.startswith("pdel."):
            assert name.split(".")[1] in allowed, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sympy_lives_in_maths_and_torch_nowhere(path: Path) -> None:
    found = {name.split(".")[0] for name in imports(path)}
    assert "torch" not in found
    assert "numpy" not in found
    assert "scipy" not in found
    if path.name != "hierarchical.py":  # the one format that the standard library cannot read
        assert "h5py" not in found
    if package(path) != "maths":
        assert "sympy" not in found


FORBIDDEN = re.compile(r"\b(sympify|parse_expr|lambdify|srepr)\b|(?<![.\w])(eval|exec)\(")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_is_ever_evaluated(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            assert node.id not in ("eval", "exec", "__import__"), path
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("sympify", "parse_expr", "lambdify", "S"), path


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 430


TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_place_text_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tags = re.findall(r"{%-?\s*(\w+)", text)
    assert "set" not in tags
    assert "macro" not in tags
    assert tags.count("if") <= 7, "variation is data"
    assert not re.search(r"{%[^%]*[=<>+*][^%]*%}", text), "templates do not compute"


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--help"], ("sympy", "lark", "jinja2", "torch", "numpy")),
        (["explain", "E204"], ("sympy", "lark", "jinja2", "torch", "numpy")),
        (["compile", "examples/heat/heat.pde", "--stdout"], ("lark", "torch", "numpy")),
    ],
)
def test_heavy_packages_stay_out(arguments: list[str], forbidden: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom pdel.cli.app import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {forbidden!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip().endswith("[]"), done.stderr
