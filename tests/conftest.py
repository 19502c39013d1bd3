"""What all tests share: torch on one thread, since tests run side by side."""

from __future__ import annotations

import os

# set before torch is imported, and inherited by the modules that tests run as processes
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
