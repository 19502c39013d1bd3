"""Texts on their way to the process that checks them, and what it found on its way back.

Of each document only the newest text waits. A result comes back with the version of its text, so that the server can
drop what is stale. A check that is stale and takes long is not waited for: its process is ended and a new one begun.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable

from pdel.lsp.jobs import HEADER, Checked, Job, frame

PATIENCE = 1.0
"""Seconds that a stale check may have taken when the next text of its document comes."""
LONGEST = 60.0
"""Seconds after which a check is given up: the mathematics has a limit of its own, far below."""


class Checker:
    """One process, and the texts that wait for it. Used from the thread of one event loop."""

    def __init__(self, deliver: Callable[[Checked], None]) -> None:
        self._deliver = deliver
        self._waiting: dict[str, Job] = {}
        self._running: Job | None = None
        self._since = 0.0
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None

    def submit(self, job: Job) -> None:
        """Have a text checked; an older text of the same document no longer needs to be."""
        self._waiting[job.uri] = job
        stale = self._running is not None and self._running.uri == job.uri
        if stale and time.monotonic() - self._since > PATIENCE:
            self._end_process()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def prepare(self) -> None:
        """Start the process, so that the first check finds it ready."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "pdel.lsp.worker", stdin=PIPE, stdout=PIPE
            )

    async def close(self) -> None:
        """End the process, and wait until it is gone."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
        process = self._process
        self._end_process()
        if process is not None:
            await process.wait()

    async def _work(self) -> None:
        while self._waiting:
            uri = next(iter(self._waiting))
            self._running, self._since = self._waiting.pop(uri), time.monotonic()
            try:
                checked = await asyncio.wait_for(self._ask(self._running), LONGEST)
            except (TimeoutError, EOFError, ConnectionError):
                self._end_process()
            else:
                self._deliver(checked)
            finally:
                self._running = None

    async def _ask(self, job: Job) -> Checked:
        await self.prepare()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(frame(job))
        await process.stdin.drain()
        size = int.from_bytes(await process.stdout.readexactly(HEADER), "big")
        checked = pickle.loads(await process.stdout.readexactly(size))
        assert isinstance(checked, Checked)
        return checked

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
