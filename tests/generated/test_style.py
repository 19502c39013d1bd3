"""Generated modules are held to the standard of hand-written code: format, lint, strict types, default settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pdel.compiler import compile_specification
from tests.generated.test_attention import COUPLED as ATTENDED
from tests.generated.test_attention import OTHER
from tests.generated.test_exact_network import SPECIFICATIONS
from tests.generated.test_factorised import FACTORISED, ROD
from tests.generated.test_jets import CASES, MASKED_CASES
from tests.generated.test_march import CABLE, FLOW, LORENZ
from tests.generated.test_masks import STATISTICS
from tests.generated.test_pruning import NETWORKS, observe, swing
from tests.generated.test_ramps import GEOMETRIC
from tests.generated.test_ramps import ROD as RAMPED
from tests.generated.test_resampling import COUPLED, EVERY_METHOD
from tests.modules import compile_text

PRUNED = (
    (NETWORKS["mlp"], "bias", ""),
    (NETWORKS["masked"], "absolute", ""),
    (NETWORKS["residual"], "rms", "(partition = indicator, threshold = 0.1)"),
    (NETWORKS["fourier"], "frequency", ""),
    (NETWORKS["siren"], "deviation", "(layers = 1)"),
    (NETWORKS["softplus"], "random", ""),
)
EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*/*.pde"))


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the modules of every example and of a varied choice of specifications."""
    folder = tmp_path_factory.mktemp("modules")
    for spec in EXAMPLES:
        compilation = compile_specification(spec)
        assert compilation.text is not None, spec
        (folder / f"{spec.stem}.py").write_text(compilation.text, encoding="utf-8")
    varied = [*SPECIFICATIONS[:21:4], *SPECIFICATIONS[21:], *(text for _, text in (*CASES[::9], *MASKED_CASES[::7]))]
    varied += STATISTICS.values()
    varied += [LORENZ.format(end=2), CABLE, *(FLOW.format(network=name) for name in ("fourier", "modified"))]
    varied += [ROD.format(network=FACTORISED) + f"{line}\n" for line in ("march windows", "train gauss_newton")]
    varied += [ATTENDED.format(train=train, attention=OTHER, more="") for train in ("broyden", "gauss_newton")]
    varied += [RAMPED.format(ramp=GEOMETRIC, train="broyden(steps = 60)", compiled="auto")]
    varied += [COUPLED.format(resample=method) for method in EVERY_METHOD]
    observe(folder)
    varied += [swing(network, f"{criterion}{options}") for network, criterion, options in PRUNED]
    more = "".join(f'data {name}_of_sensors: u from "swing.csv" (sigma = 0.1)\n' for name in ("second", "third"))
    varied += [swing(sigma=" (sigma = 0.01)").replace("exact ", f"{more}exact ", 1)]
    varied += [swing().replace("resample   none", "resample   influence")]
    arnoldi = "resample influence(hessian = arnoldi)"
    varied += [ATTENDED.format(train="adam", attention=OTHER, more=arnoldi)]
    for number, text in enumerate(varied):
        compilation = compile_text(text, folder, f"varied_{number}")
        assert compilation.text is not None
        (folder / f"varied_{number}.py").write_text(compilation.text, encoding="utf-8")
    return folder


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
