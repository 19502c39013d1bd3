"""`pdel lsp`: the language server for editors."""

from __future__ import annotations

import click


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, which is what it always does.")
def lsp_command(stdio: bool) -> None:  # noqa: ARG001  (editors give the option by habit)
    """Serve an editor: diagnostics, completion, hover, rename and more, over the language server protocol.

    It speaks over standard input and output. How editors start it is told in docs/editors.md.
    """
    try:
        from pdel.lsp.server import make_server
    except ModuleNotFoundError as missing:
        if missing.name not in ("pygls", "lsprotocol"):
            raise
        raise click.ClickException("the language server needs the extra `lsp`: pip install 'pdel[lsp]'") from missing
    make_server().start_io()
