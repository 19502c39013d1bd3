"""Memory of tensors is kept between steps: the process does not ask the system for it again and again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.generated.runs import DECAY
from tests.modules import compile_text

FAULTS = """
import resource, runpy, sys
import torch
module = runpy.run_path(sys.argv[1])

def faults():
    def taken():
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    before = taken()
    for _ in range(40):
        parts = [torch.ones(5_000_000, dtype=torch.float64) for _ in range(3)]
        del parts
    return taken() - before

faults()
given = faults()
module["keep_freed_memory"]()
faults()
print(given, faults())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is asked to keep memory")
def test_pages_are_not_taken_anew(tmp_path: Path) -> None:
    compilation = compile_text(DECAY.format(train="adam(steps = 1)", sampler="hammersley(points = 4)"), tmp_path)
    path = tmp_path / "decay.py"
    path.write_text(compilation.text or "", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FAULTS, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    before, after = map(int, done.stdout.split())
    assert before > 1000, "blocks of 40 MB, 120 a measurement, come in pages of 4 kB or 2 MB"
    assert after < before / 10
