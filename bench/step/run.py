"""One step of Adam: the module that pdel generates against other frameworks, on the same network, points and weights.

    bench/peers/setup                                  once: the other frameworks, in bench/.peers
    .venv/bin/python bench/step/run.py                 everything, one core: about 15 minutes
    .venv/bin/python bench/step/run.py --cases flow --precisions float32 --frameworks pdel_compiled nested deepxde
    .venv/bin/python bench/step/run.py --report        only the tables and the picture, from results.csv

Every framework is a process of its own, all of them on one core and one thread, and they take turns: each round times
all frameworks once, and ratios are taken within a round, so that what disturbs the machine for longer than a round
disturbs both sides of a ratio. Before, each has to show the same loss at the same weights. Rows of cases that are
measured replace those of former runs in results.csv; results.md and results.png are made of it anew.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from building import compiled_module, loaded, write_data
from cases import CASES, Case, case
from processes import FRAMEWORKS, NO_POOLS, OWN, PEERS, Worker, start
from report import write_report

RESULTS = Path(__file__).parent / "results.csv"
PRODUCT = 1024  # size of the square matrices whose product is the measure of the machine


@dataclass(frozen=True, slots=True)
class Row:
    """What one framework did in one case. Times are milliseconds a step; ratios are times of others by its own.

    `gflop` counts the products of matrices in a step through jets, forward and backward; `product` is the machine's
    speed in them. Numbers that were not measured are nan.
    """

    precision: str
    case: str
    framework: str
    version: str
    failed: str
    loss: float
    first_seconds: float
    ms: float
    ms_least: float
    ms_most: float
    nested: float
    nested_least: float
    nested_most: float
    ours: float
    ours_least: float
    ours_most: float
    memory_mb: float
    gflop: float
    product: float


def products(each: Case, module: ModuleType) -> float:
    """1e9 operations of the products between hidden layers in one step: each channel forward, and twice backward."""
    jet = module.InteriorJet
    points = len(module.draw_points(torch.Generator().manual_seed(0)).interior)
    return 3 * 2 * len(jet._fields) * points * each.width**2 * (each.depth - 1) / 1e9


def median_of(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, least and largest; nan where there are none."""
    return (statistics.median(values), min(values), max(values)) if values else (float("nan"),) * 3


def measure(each: Case, precision: str, workers: list[Worker], folder: Path, options: Any) -> list[Row]:
    """All frameworks in turn on one case."""
    path = compiled_module(each, precision, folder)
    module, data = loaded(path), folder / f"{each.name}.npz"
    write_data(each, module, data)
    order = {"do": "prepare", "case": each.name, "precision": precision, "data": str(data), "module": str(path)}
    ready: dict[str, dict[str, Any]] = {}
    for worker in workers:
        ready[worker.name] = worker.ask(options.limit, **order)
        told = ready[worker.name]
        text = told.get("failed") or f"loss {told['loss']:.9g}, first step {told['seconds']:.1f} s"
        print(f"  {worker.name:14} {text}", flush=True)
    running = [worker for worker in workers if "failed" not in ready[worker.name]]
    counts, times, speeds = {}, {worker.name: [] for worker in running}, []
    for worker in running:
        seconds = worker.ask(options.limit, do="steps", count=2)["seconds"] / 2
        counts[worker.name] = max(2, min(200, round(options.seconds / seconds)))
    for _ in range(options.rounds):
        for worker in running:
            count = counts[worker.name]
            times[worker.name].append(worker.ask(options.limit, do="steps", count=count)["seconds"] / count)
        speeds += [w.ask(options.limit, do="product", size=PRODUCT)["speed"] for w in running if w.name == "nested"]
    memory: dict[str, float] = {}
    if options.memory:
        for name in (name for name in OWN if name in times):
            worker = start(name, folder, **NO_POOLS)
            worker.ask(options.limit, **order)
            memory[name] = worker.ask(options.limit, do="memory").get("bytes", float("nan")) / 1e6
            worker.close()
    rows = []
    for worker in workers:
        own = times.get(worker.name, [])
        told = ready[worker.name]

        def ratio(other: str, own: list[float] = own) -> tuple[float, float, float]:
            return median_of([b / a for a, b in zip(own, times.get(other, []), strict=False)])

        rows.append(
            Row(
                precision,
                each.name,
                worker.name,
                worker.version,
                told.get("failed", ""),
                told.get("loss", float("nan")),
                told.get("seconds", float("nan")),
                *(1e3 * value for value in median_of(own)),
                *ratio("nested"),
                *median_of([a / b for a, b in zip(own, times.get("pdel_compiled", []), strict=False)]),
                memory.get(worker.name, float("nan")),
                products(each, module),
                max(speeds, default=float("nan")),
            )
        )
        row = rows[-1]
        print(f"  {worker.name:14} {row.ms:8.2f} ms, {row.nested:5.2f} times nested autograd", flush=True)
    return rows


def read_rows() -> list[Row]:
    """The rows of results.csv."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(newline="", encoding="utf-8") as file:
        texts = {"precision", "case", "framework", "version", "failed"}
        return [
            Row(**{k: v if k in texts else float(v) for k, v in row.items()})  # type: ignore[arg-type]
            for row in csv.DictReader(file)
        ]


def write_rows(rows: list[Row]) -> None:
    """Write results.csv in the order of precisions, cases and frameworks."""
    order = [each.name for each in CASES]
    names = list(FRAMEWORKS)
    rows = sorted(rows, key=lambda row: (row.precision, order.index(row.case), names.index(row.framework)))
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            shown = {k: f"{v:.6g}" if isinstance(v, float) else v for k, v in asdict(row).items()}
            writer.writerow(shown | {"loss": f"{row.loss:.15g}"})


def main() -> None:
    """Measure what the command line names, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="+", default=[each.name for each in CASES])
    parser.add_argument("--precisions", nargs="+", default=["float32", "float64"])
    parser.add_argument("--frameworks", nargs="+", default=list(FRAMEWORKS), choices=list(FRAMEWORKS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5, help="of a framework in one round, about")
    parser.add_argument("--limit", type=float, default=240, help="seconds after which a framework is given up")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--no-memory", dest="memory", action="store_false")
    parser.add_argument("--note", default="", help="a line for results.md, kept in its head")
    parser.add_argument("--report", action="store_true", help="measure nothing")
    options = parser.parse_args()
    names = list(options.frameworks)
    if not PEERS.exists():
        names = [name for name in names if name in OWN]
        print("bench/.peers is missing: only pdel and nested autograd are measured; bench/peers/setup makes it")
    if not options.report:
        os.sched_setaffinity(0, {options.core})
        for precision in options.precisions:
            with tempfile.TemporaryDirectory() as text:
                workers = [start(name, Path(text)) for name in names]
                for name in options.cases:
                    print(f"{name}, {precision}", flush=True)
                    new = measure(case(name), precision, workers, Path(text), options)
                    done = {(row.precision, row.case, row.framework) for row in new}
                    kept = [row for row in read_rows() if (row.precision, row.case, row.framework) not in done]
                    write_rows(kept + new)
                for worker in workers:
                    worker.close()
    write_report(read_rows(), options.note)


if __name__ == "__main__":
    main()
