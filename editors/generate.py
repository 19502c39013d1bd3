"""Writes the syntax files of editors from the vocabulary: `python -m editors.generate`.

The words are sorted, and those that pdel only recognises are among them: a word that comes to be built changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pdel.highlight import CALLED, NAMED_BY_SECOND_WORD, REFERRING
from pdel.vocabulary import BOUNDARY, WordKind, words_of

HERE = Path(__file__).parent
TEXTMATE = HERE / "vscode" / "syntaxes" / "pdel.tmLanguage.json"
VIM = HERE / "vim" / "syntax" / "pdel.vim"

NUMBER = r"(?:[0-9](?:_?[0-9])*(?:\.(?!\.)(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9]+)?"


def main() -> None:
    """Write the files."""
    TEXTMATE.write_text(textmate(), encoding="utf-8")
    VIM.write_text(vim(), encoding="utf-8")


def names(*kinds: WordKind) -> list[str]:
    """The words of some kinds, sorted."""
    return sorted({word.name for word in words_of(*kinds)})


def textmate() -> str:
    """The TextMate grammar, for VS Code and what reads its grammars."""
    statements = names(WordKind.STATEMENT)
    named = [word for word in statements if word not in (*REFERRING, *NAMED_BY_SECOND_WORD)]
    clauses = [*names(WordKind.CLAUSE), BOUNDARY]
    grammar: dict[str, Any] = {
        "name": "pdel",
        "scopeName": "source.pdel",
        "fileTypes": ["pde"],
        "patterns": [
            {"include": "#comment"},
            {"include": "#method"},
            {
                "match": rf"^({_any(NAMED_BY_SECOND_WORD)})\s+([A-Za-z]\w*)",
                "captures": {
                    "1": {"name": "keyword.declaration.pdel"},
                    "2": {"name": "entity.name.type.pdel"},
                },
            },
            {
                "match": rf"^({_any(named)})\s+([A-Za-z]\w*)(?=\s*(?:[:=\[]|in\b))",
                "captures": {
                    "1": {"name": "keyword.declaration.pdel"},
                    "2": {"name": "entity.name.type.pdel"},
                },
            },
            {"match": rf"^(?:{_any(statements)})\b", "name": "keyword.declaration.pdel"},
            {"include": "#expression"},
        ],
        "repository": {
            "comment": {"match": "#.*$", "name": "comment.line.number-sign.pdel"},
            "method": {
                "begin": rf"^({_any(names(WordKind.FAMILY))})\b",
                "beginCaptures": {"1": {"name": "keyword.other.family.pdel"}},
                "end": r"^(?=[^\s#)\]])",
                "patterns": [
                    {"include": "#comment"},
                    {"match": r"\bthen\b", "name": "keyword.control.pdel"},
                    {"match": r"\b[A-Za-z]\w*(?=[\w\s,]*:)", "name": "entity.name.type.pdel"},
                    {
                        "match": r"\b([A-Za-z]\w*)\s*(=)\s*([A-Za-z]\w*)?",
                        "captures": {
                            "1": {"name": "variable.parameter.pdel"},
                            "2": {"name": "keyword.operator.pdel"},
                            "3": {"name": "constant.language.pdel"},
                        },
                    },
                    {"match": r"\b[A-Za-z]\w*\b", "name": "entity.name.function.pdel"},
                    {"include": "#literal"},
                ],
            },
            "literal": {
                "patterns": [
                    {"match": r'"[^"\n]*"', "name": "string.quoted.double.pdel"},
                    {"match": rf"(?<![\w.]){NUMBER}", "name": "constant.numeric.pdel"},
                    {"match": r"\*\*|==", "name": "invalid.illegal.pdel"},
                    {"match": r"<=|>=|!=|[-+*/^=<>&]", "name": "keyword.operator.pdel"},
                ]
            },
            "expression": {
                "patterns": [
                    {"include": "#comment"},
                    {
                        "match": rf"\b(?:{_any(clauses)})\b",
                        "name": "keyword.control.pdel",
                    },
                    {
                        "match": rf"\b(?:{_any(names(*CALLED))})(?=\s*\()",
                        "name": "support.function.pdel",
                    },
                    {
                        "match": rf"\b(?:{_any(names(WordKind.VALUE, WordKind.BOOLEAN))})\b",
                        "name": "constant.language.pdel",
                    },
                    {
                        "match": r"\b([A-Za-z]\w*)(_)([A-Za-z][A-Za-z0-9]*)\b",
                        "captures": {
                            "1": {"name": "variable.other.pdel"},
                            "2": {"name": "punctuation.separator.derivative.pdel"},
                            "3": {"name": "variable.parameter.pdel"},
                        },
                    },
                    {"match": r"\b[A-Za-z]\w*\b", "name": "variable.other.pdel"},
                    {"include": "#literal"},
                ]
            },
        },
    }
    return json.dumps(grammar, indent=2) + "\n"


def vim() -> str:
    """The syntax file of Vim."""
    statements = names(WordKind.STATEMENT)
    families = names(WordKind.FAMILY)
    lines = [
        '" Vim syntax file',
        '" Language: pdel, specifications of partial differential equations',
        '" Written by editors/generate.py from the vocabulary of pdel: change it there.',
        "",
        'if exists("b:current_syntax")',
        "  finish",
        "endif",
        "",
        "syntax case match",
        "syntax iskeyword @,48-57,_",
        "",
        f"syntax keyword pdelClause {' '.join([*names(WordKind.CLAUSE), BOUNDARY])}",
        f"syntax keyword pdelValue {' '.join(names(WordKind.VALUE, WordKind.BOOLEAN))}",
        rf"syntax match pdelFunction /\<\%({_vim(names(*CALLED))}\)\ze\s*(/",
        rf"syntax match pdelStatement /^\%({_vim(statements)}\)\>/ nextgroup=pdelLabel skipwhite",
        r"syntax match pdelLabel /[A-Za-z]\w*\ze\s*\%(:\|=\|in\>\|\[[^0-9 ]*\]\)/ contained",
        rf"syntax match pdelStatement /^\%({_vim(NAMED_BY_SECOND_WORD)}\)\>/ nextgroup=pdelTitle skipwhite",
        r"syntax match pdelTitle /[A-Za-z]\w*/ contained",
        r"syntax match pdelNumber /\%(\w\|\.\)\@<!\%(\d[0-9_]*\.\?[0-9_]*\|\.\d[0-9_]*\)\%([eE][+-]\?\d\+\)\?/",
        r'syntax match pdelOperator "<=\|>=\|!=\|[-+*/^=<>&]"',
        r'syntax match pdelMistake "\*\*\|=="',
        r'syntax region pdelText start=/"/ end=/"/ oneline',
        rf"syntax region pdelMethods matchgroup=pdelFamily start=/^\%({_vim(families)}\)\>/ end=/^\ze[^ \t#)\]]/ "
        "contains=pdelMethod,pdelOption,pdelTarget,pdelThen,pdelNumber,pdelText,pdelComment keepend",
        r"syntax match pdelMethod /\<\h\w*\>/ contained",
        r"syntax match pdelOption /\<\h\w*\ze\s*=/ contained",
        r"syntax match pdelTarget /\<\h\w*\ze[A-Za-z0-9_, ]*:/ contained",
        "syntax keyword pdelThen then contained",
        "syntax match pdelComment /#.*$/ contains=@Spell",
        "",
        "highlight default link pdelStatement Statement",
        "highlight default link pdelFamily Statement",
        "highlight default link pdelClause Keyword",
        "highlight default link pdelThen Keyword",
        "highlight default link pdelLabel Identifier",
        "highlight default link pdelTitle Identifier",
        "highlight default link pdelTarget Identifier",
        "highlight default link pdelFunction Function",
        "highlight default link pdelMethod Function",
        "highlight default link pdelOption Type",
        "highlight default link pdelValue Constant",
        "highlight default link pdelNumber Number",
        "highlight default link pdelText String",
        "highlight default link pdelOperator Operator",
        "highlight default link pdelComment Comment",
        "highlight default link pdelMistake Error",
        "",
        'let b:current_syntax = "pdel"',
    ]
    return "\n".join(lines) + "\n"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


def _vim(words: Iterable[str]) -> str:
    return r"\|".join(sorted(set(words), key=lambda word: (-len(word), word)))


if __name__ == "__main__":
    main()
