"""Workers from outside: processes with one framework each, all on one core, and what they answer."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PEERS = HERE.parent / ".peers" / "bin" / "python"

FRAMEWORKS = {
    "pdel_compiled": "pdel",
    "pdel_eager": "pdel, not compiled",
    "nested": "nested autograd",
    "deepxde": "DeepXDE",
    "pina": "PINA",
    "neurodiffeq": "neurodiffeq",
    "jinns": "jinns",
    "jno": "jNO",
}
OWN = ("pdel_compiled", "pdel_eager", "nested")

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}
NO_POOLS = {"MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}
"""glibc gives large arrays back to the kernel at once, so that the kernel's high-water mark is that of the arrays."""


def interpreter(name: str) -> Path:
    """The Python of the peers' environment for another framework; this one for modules, and where that is not set up.

    Both have the same version of torch.
    """
    return PEERS if PEERS.exists() and name not in OWN else Path(sys.executable)


def environment(scratch: Path) -> dict[str, str]:
    """One thread, and nothing kept from former runs: what compilers cache goes into a folder of this run."""
    return {**os.environ, **ONE_THREAD, "HOME": str(scratch), "TORCHINDUCTOR_CACHE_DIR": str(scratch / "inductor")}


@dataclass(slots=True)
class Worker:
    """One process. After a failure to answer in time it is gone, and says so."""

    name: str
    process: subprocess.Popen[str]
    version: str = ""
    failed: str = ""
    log: Path = field(default_factory=Path)

    def ask(self, limit: float, **order: Any) -> dict[str, Any]:
        """The answer to an order, or {"failed": …}; the process is ended where it takes longer than the limit."""
        if self.failed:
            return {"failed": self.failed}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if order:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], limit)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            self.failed = f"no answer in {limit:.0f} s" if not ready else f"the process ended, see {self.log}"
            self.close()
            return {"failed": self.failed}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def start(name: str, scratch: Path, **settings: str) -> Worker:
    """A worker with its framework imported, or one that has failed."""
    log = scratch / f"{name}.log"
    with log.open("a") as errors:
        process = subprocess.Popen(
            [interpreter(name), HERE / "worker.py", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=scratch,
            env={**environment(scratch), **settings},
        )
    worker = Worker(name, process, log=log)
    hello = worker.ask(300)
    worker.version, worker.failed = hello.get("version", ""), hello.get("failed", "")
    return worker
