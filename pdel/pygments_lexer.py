"""The lexer of specifications for Pygments, and by it for Sphinx, MkDocs and LaTeX: the alias is `pdel`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pygments import token as pygments_token
from pygments.lexer import Lexer

from pdel.highlight import Role, roles

__all__ = ["PdelLexer"]  # Pygments loads the lexers of a module by this list

_TYPES = {
    Role.BLANK: pygments_token.Whitespace,
    Role.COMMENT: pygments_token.Comment.Single,
    Role.TEXT: pygments_token.String.Double,
    Role.NUMBER: pygments_token.Number,
    Role.STATEMENT: pygments_token.Keyword.Declaration,
    Role.FAMILY: pygments_token.Keyword.Namespace,
    Role.METHOD: pygments_token.Name.Class,
    Role.OPTION: pygments_token.Name.Attribute,
    Role.LABEL: pygments_token.Name.Label,
    Role.CLAUSE: pygments_token.Keyword,
    Role.FUNCTION: pygments_token.Name.Builtin,
    Role.VALUE: pygments_token.Name.Constant,
    Role.NAME: pygments_token.Name,
    Role.OPERATOR: pygments_token.Operator,
    Role.PUNCTUATION: pygments_token.Punctuation,
    Role.MISTAKE: pygments_token.Error,
}


class PdelLexer(Lexer):  # type: ignore[misc]  # (Pygments has no types)
    """Specifications of partial differential equations, `*.pde`.

    Other languages use the ending too, so the priority is low: where another lexer claims `*.pde`, that one is
    taken unless this one is asked for by its alias.
    """

    name: ClassVar[str] = "pdel"
    aliases: ClassVar[list[str]] = ["pdel", "pde"]
    filenames: ClassVar[list[str]] = ["*.pde"]
    mimetypes: ClassVar[list[str]] = ["text/x-pdel"]
    priority: ClassVar[float] = 0.1

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, pygments_token._TokenType, str]]:
        """The tokens with their offsets and types; their texts joined are the text."""
        for item, role in roles(text):
            yield item.span.start, _TYPES[role], item.text

    @staticmethod
    def analyse_text(text: str) -> float:
        """How much a text looks like a specification: its first word says much."""
        first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
        return 0.6 if first.startswith("problem ") and "\nfield" in text else 0.0
