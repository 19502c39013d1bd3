"""Observations for `conductivity.pde`: temperatures at random places and times, with noise.

python observations.py      writes sensors.csv
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SIGMA = 0.01
SENSORS = 500


def main() -> None:
    """Write the table."""
    random = np.random.default_rng(0)
    x, t = random.uniform(0, 1, SENSORS), random.uniform(0, 1, SENSORS)
    u = np.exp(-t) * np.sin(np.pi * x) + x + SIGMA * random.standard_normal(SENSORS)
    with (
        Path(__file__)
        .with_name("sensors.csv")
        .open("w", encoding="ascii", newline="\n") as file
    ):
        file.write("x,t,u\n")
        for row in zip(x, t, u, strict=True):
            file.write(",".join(f"{value:.6g}" for value in row) + "\n")


if __name__ == "__main__":
    main()
