"""Names that Python, torch or the module itself use are legal in a specification: the module works all the same."""

from __future__ import annotations

import ast
import builtins
import keyword
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pdel.compiler import compile_specification
from pdel.diagnostics.model import Severity
from pdel.python_names import OwnName, constant_name, prefix_name, python_name
from pdel.semantics.names import LABEL_WORDS, RESERVED
from tests.modules import import_module, one_thread

# Every name that a user chooses stands between angle brackets.
FLOW = """\
problem flow
constant <c1> = 1
constant <c2> = 1
shape <s1> = rectangle((0, 0), (1, 1))
shape <s2> = disk((0.5, 0.5), 0.2)
space (<x>, <y>) in <s1> - <s2>
time <t> in [0, 1]
field <vel> = (<u>, <v>)(<x>, <y>, <t>), <p>(<x>, <y>, <t>)
part <edge> on <s2>
let <push> = <c1>*grad(<p>)
function <f>(<s>) = <c2>*<s>^2
equation <e1>: d(<vel>, <t>) + advect(<vel>, <vel>) = <c1>*laplacian(<vel>) - <push>
equation <e2>: laplacian(<p>) = <f>(sin(<x>*<y>)) where <x> < <c1>/2
boundary <b1>: <vel> = (<c1>*<y>*(1 - <y>), 0) on <x> = 0
boundary <b2>: <vel> = 0 on <y> = 0, <y> = 1, <edge>
boundary <b3>: d(<vel>, <x>) = 0 on <x> = 1
boundary <b4>: dn(<p>) = <c1> on boundary
initial <i1>: <vel> = 0, <p> = <c1>*sin(<x>)
constraint <k1>: <p> = 0 at (0.1, 0.1)
quantity <q1> = <p>(0.1, 0.1, 0.5) - <c1>*<p>(0.9, 0.1, 0.5)
"""

FRONT = """\
problem front
constant <c1> = 1
space <x> in [-<c1>, <c1>]
time <t> in [0, 1]
field <u>(<x>, <t>)
let <flux> = <u>^2/2
function <f>(<s>) = sin(pi*<s>)
equation <e1>: d(<u>, <t>) + d(<flux>, <x>) = <c1>*d(<u>, <x>, 2) + <f>(<x>)*exp(-<t>)
boundary <b1>: <u> = 0 on boundary
initial <i1>: <u> = <c1>*<f>(<x>)
quantity <q1> = <u>(0.5, 0.5)
reference <q1> = 1
reference <u> from "table.csv"
enforce <b1>: softly
sample interior: sobol(points = 100)
sample <b1>: latin(points = 20)
weigh <i1>: 3
train adam(steps = 5) then lbfgs(steps = 3) then broyden(steps = 4) then gauss_newton(steps = 2) then soap(steps = 3)
network fourier(width = 8, depth = 2)
precision float64
"""

WAVE = """\
problem wave
constant <c1> = 1
space <x> in [0, 1] periodic
time <t> in [0, 1]
field <u>(<x>, <t>)
equation <e1>: d(<u>, <t>, 2) = <c1>^2*d(<u>, <x>, 2)
initial <i1>: <u> = <c1>*sin(2*pi*<x>), d(<u>, <t>) = 0
exact <u> = sin(2*pi*<x>)*cos(2*pi*<t>)
network modified(width = 8, depth = 2, activation = gelu)
train adam(steps = 5)
march windows(count = 2)
sample interior: halton(points = 100)
"""

QUANTUM = """\
problem quantum
constant <c1> = 1
space <x> in [-5, 5]
time <t> in [0, 1]
field complex <psi>(<x>, <t>)
equation <e1>: i*d(<psi>, <t>) = -<c1>*d(<psi>, <x>, 2)/2 + abs(<psi>)^2*<psi>
boundary <b1>: <psi> = 0 on boundary
initial <i1>: <psi> = exp(-<x>^2)
network siren(width = 8, depth = 2)
sample interior: random(points = 64)
"""

DECAY = """\
problem decay
constant <c1> = 1
time <t> in [0, 2]
field <a>(<t>), <b>(<t>)
equation <e1>: d(<a>, <t>) = <c1>*<b>
equation <e2>: d(<b>, <t>) = -<c1>*<a>
initial <i1>: <a> = 1, <b> = 0
quantity <q1> = <a>(1)
exact <a> = cos(<t>), <b> = -sin(<t>)
network residual(width = 8, depth = 2, activation = silu)
sample interior: grid(points = 64)
"""

BALL = """\
problem globe
constant <c1> = 1
shape <s1> = ball((0, 0, 0), 1)
space (<x>, <y>, <z>) in <s1>
field <u>(<x>, <y>, <z>)
equation <e1>: laplacian(<u>) = -6*<c1>
boundary <b1>: <u> = 0 on boundary
exact <u> = 1 - <x>^2 - <y>^2 - <z>^2
network mlp(width = 8, depth = 2, activation = softplus)
train lbfgs(steps = 3)
quantity <q1> = integral(<u>)
"""

PLAIN = {"flow": FLOW, "front": FRONT, "wave": WAVE, "quantum": QUANTUM, "decay": DECAY, "globe": BALL}

CHOSEN: list[tuple[str, dict[str, str]]] = [
    ("front", {"b1": "lambda", "e1": "class", "i1": "None", "c1": "yield", "u": "is", "x": "torch", "t": "nn"}),
    ("flow", {"b3": "lambda", "b4": "def", "e1": "points", "e2": "Network", "c1": "DTYPE", "c2": "LOW", "p": "train"}),
    ("flow", {"x": "points", "y": "Jet", "t": "residuals", "u": "InteriorJet", "v": "Network", "p": "x", "k1": "p"}),
    ("front", {"c1": "points", "x": "normals", "u": "network", "f": "solution", "q1": "quantities", "e1": "u"}),
    ("flow", {"b3": "walls", "b4": "Walls", "k1": "wallS", "c1": "walls_u", "u": "walls_input"}),
    ("flow", {"b3": "sample", "b4": "ansatz", "k1": "pool", "i1": "set", "u": "solution", "v": "fields", "p": "jet"}),
]
"""Names that once broke a module, or were near to it."""

RANDOM_CASES = 14
LONGEST = 20


def named(text: str, names: dict[str, str]) -> str:
    """A specification in which the slots have the given names, others their own."""
    return re.sub(r"<(\w+)>", lambda slot: names.get(slot[1], slot[1]), text)


def compiled(folder: Path, name: str, text: str) -> tuple[str | None, set[str]]:
    """The module of a specification, or the words that its errors mark."""
    coordinates = re.findall(r"^(?:space|time) (\w+) in", text, re.MULTILINE)
    fields = re.findall(r"^reference (\w+) from", text, re.MULTILINE)
    table = f"{','.join(coordinates + fields)}\n0,0,0\n0.1,0.2,0.3\n"
    text = text.replace("table.csv", f"{name}.csv")
    (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    path = folder / f"{name}.pde"
    path.write_text(text, encoding="utf-8")
    compilation = compile_specification(path)
    errors = [item for item in compilation.diagnostics if item.severity is Severity.ERROR]
    assert {item.code for item in errors} <= {"E206"}, [(item.message, text) for item in errors]
    marked = {text[item.primary.span.start : item.primary.span.end] for item in errors}
    return compilation.text, marked


def identifiers(code: str) -> set[str]:
    """Every name in a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case _:
                continue
    return found


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of modules whose specifications use names of Python, torch and the modules themselves."""
    folder = tmp_path_factory.mktemp("names")
    hostile = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
    for name, text in PLAIN.items():
        code, _ = compiled(folder, name, named(text, {}))
        assert code is not None
        hostile |= identifiers(code)
    pool = sorted(
        name
        for name in hostile - RESERVED - LABEL_WORDS - {"d"}
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*", name) and len(name) <= LONGEST
    )
    for number, (plain, names) in enumerate(CHOSEN):
        code, _ = compiled(folder, f"chosen_{number}", named(PLAIN[plain], names))
        assert code is not None, named(PLAIN[plain], names)
        (folder / f"chosen_{number}.py").write_text(code, encoding="utf-8")
    chance = random.Random(7)
    for number in range(RANDOM_CASES):
        text = list(PLAIN.values())[number % len(PLAIN)]
        slots = list(dict.fromkeys(re.findall(r"<(\w+)>", text)))
        code, marked = None, set()
        while code is None:
            pool = [name for name in pool if name not in marked]
            names = dict(zip(slots, chance.sample(pool, len(slots)), strict=True))
            code, marked = compiled(folder, f"random_{number}", named(text, names))
        (folder / f"random_{number}.py").write_text(code, encoding="utf-8")
    return folder


def test_modules_pass_their_self_test(modules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with one_thread():
        for path in sorted(modules.glob("*.py")):
            module = import_module(path)
            assert module.main(["selftest"]) == 0, path.with_suffix(".pde").read_text(encoding="utf-8")
            capsys.readouterr()
            module.evaluate(module.Network(), "cpu")


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "format", "--isolated", "--check", "--diff"],
        ["ruff", "check", "--isolated", "--output-format", "concise"],
        ["mypy", "--strict", "--config-file", "", "--no-error-summary"],
    ],
    ids=["format", "lint", "types"],
)
def test_modules_are_clean(command: list[str], modules: Path) -> None:
    files = sorted(str(path) for path in modules.glob("*.py"))
    done = subprocess.run(
        [sys.executable, "-m", *command, *files], check=False, capture_output=True, text=True, cwd=modules
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_every_function_and_class_of_the_templates_is_kept_from_users_names() -> None:
    templates = Path(__file__).parents[2] / "templates"
    found = {
        name
        for path in templates.rglob("*.j2")
        for name in re.findall(r"^(?:def|class) (\w+)\b(?!\{)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(found) > 50
    assert sorted(name for name in found if python_name(name) == name) == []


@pytest.mark.parametrize(
    ("name", "mapped"),
    [
        ("nu", "nu"), ("x", "x"), ("walls", "walls"), ("u_max", "u_max"), ("sample_rate", "sample_rate_"),
        ("lambda", "lambda_"), ("match", "match_"), ("list", "list_"), ("torch", "torch_"), ("Re", "Re"),
        ("RE", "RE_"), ("walls_residuals", "walls_residuals_"), ("term_1", "term_1_"), ("InteriorJet", "InteriorJet_"),
    ],
)  # fmt: skip
def test_names_stay_as_they_are_where_they_can(name: str, mapped: str) -> None:
    assert python_name(name) == mapped


def test_names_of_the_module_itself_and_of_activations() -> None:
    assert python_name(OwnName("term_1")) == "term_1"
    assert (constant_name("z"), python_name("z")) == ("z_", "z")
    assert (prefix_name("walls"), prefix_name("sample"), prefix_name("lambda")) == ("walls", "sample_set", "lambda_set")
    assert prefix_name("interior") == "interior"
