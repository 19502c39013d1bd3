"""One framework in a process of its own: takes orders as lines of JSON, answers each with one.

{"do": "prepare", "case": NAME, "precision": …, "data": FILE, "module": FILE}   the loss, and the seconds it took
{"do": "steps", "count": N}          the seconds that N steps took
{"do": "memory"}                     the bytes that one step needs at most, beyond what is there before it
{"do": "product", "size": N}         multiplications a second of square matrices of that size, in 1e9
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import numpy
from cases import Case, case
from prepared import Inputs, Prepared


def read_arrays(each: Case, precision: str, data: Path, module: Path) -> Inputs:
    """The points and weights in a file, with what else a framework needs."""
    with numpy.load(data) as arrays:
        points = {name.removeprefix("points_"): arrays[name] for name in arrays if name.startswith("points_")}
        count = sum(name.startswith("weight_") for name in arrays)
        layers = [(arrays[f"weight_{i}"], arrays[f"bias_{i}"]) for i in range(count)]
    return Inputs(each, precision, points, layers, module)


def resident(what: str) -> int:
    """VmRSS or VmHWM of this process in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) * 1024
    raise LookupError(what)


def peak_memory(prepared: Prepared) -> int:
    """What one step needs beyond the memory that is in use before it, by the kernel's high-water mark."""
    prepared.seconds_of(2)
    found = []
    for _ in range(3):
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        before = resident("VmRSS")
        prepared.seconds_of(1)
        found.append(resident("VmHWM") - before)
    return min(found)


def product_speed(size: int, precision: str) -> float:
    """1e9 floating-point operations a second of the machine's best product of square matrices."""
    import torch  # noqa: PLC0415 - only one worker of all needs torch for this

    left = torch.rand(size, size, dtype=getattr(torch, precision))
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        torch.mm(left, left)
        best = min(best, time.perf_counter() - began)
    return 2 * size**3 / best / 1e9


class Worker:
    """The framework, and what is prepared at the moment."""

    def __init__(self, name: str) -> None:
        """Import the framework."""
        self.framework = importlib.import_module(f"frameworks.{name}")
        self.prepared: Prepared | None = None
        self.precision = ""

    def answer(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "prepare":
                self.prepared = None
                gc.collect()
                data, module = Path(order["data"]), Path(order["module"])
                inputs = read_arrays(case(order["case"]), order["precision"], data, module)
                self.precision = inputs.precision
                began = time.perf_counter()
                prepared = self.framework.prepare(inputs)
                prepared.seconds_of(1)
                self.prepared = prepared
                return {"loss": prepared.loss, "seconds": time.perf_counter() - began}
            case "steps":
                assert self.prepared is not None
                return {"seconds": self.prepared.seconds_of(order["count"])}
            case "memory":
                assert self.prepared is not None
                return {"bytes": peak_memory(self.prepared)}
            case "product":
                return {"speed": product_speed(order["size"], self.precision)}
        raise ValueError(order)


def main() -> None:
    """Answer until the input ends. What frameworks print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    worker = None
    try:
        worker = Worker(sys.argv[1])
        hello = {"version": worker.framework.VERSION}
    except ImportError as problem:
        hello = {"failed": f"{type(problem).__name__}: {problem}"}
    print(json.dumps(hello), file=answers, flush=True)
    for line in sys.stdin:
        assert worker is not None
        try:
            found = worker.answer(json.loads(line))
        except Exception as problem:  # whatever a framework raises belongs into the table
            traceback.print_exc()
            found = {"failed": f"{type(problem).__name__}: {problem}".partition("\n")[0]}
        print(json.dumps(found), file=answers, flush=True)


if __name__ == "__main__":
    main()
