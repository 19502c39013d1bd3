"""`python -m pdel`: the same as the command `pdel`."""

from __future__ import annotations

from pdel.cli.app import main

if __name__ == "__main__":
    main(prog_name="pdel")
