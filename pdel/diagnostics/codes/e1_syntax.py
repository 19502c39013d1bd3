"""Codes of the family E1: text and syntax."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

_GOOD = """\
problem decay
time      t in [0, 1]
field     u(t)
equation  decay: u_t = -u
initial   start: u = 1
"""

_ROD = """\
problem rod
space     x in [0, 1]
field     u(x)
equation  bend: u_xx = 0
boundary  ends: u = 0
"""


def _with(line: str) -> str:
    """The smallest sound specification with one more line."""
    return _GOOD + line + "\n"


def _instead(old: str, new: str) -> str:
    """The smallest sound specification with one part written otherwise."""
    assert old in _GOOD
    return _GOOD.replace(old, new)


CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        "E101",
        "The file is not UTF-8",
        "A specification is a text in the encoding UTF-8. Other encodings give other characters for the same bytes, so "
        "that nobody knows what was meant. Save the file as UTF-8; most editors offer it beside the name of the file.",
        "",
        "",
    ),
    CodeInfo(
        "E102",
        "A character that cannot be seen",
        "Control characters and characters without width are refused, because who reviews a specification cannot see "
        "them. Spaces, tabs and line ends are the exceptions.",
        _instead("decay\n", "de\x07cay\n"),
        _GOOD,
    ),
    CodeInfo(
        "E103",
        "A carriage return without a line feed",
        "Some programs end a line at a lone carriage return and others do not, so that a comment could hide a "
        "statement or show one that is not there. Save the file with line ends LF or CRLF.",
        _instead("problem decay\n", "# all of it\rproblem decay\n"),
        _GOOD,
    ),
    CodeInfo(
        "E104",
        "A bidirectional control character",
        "These characters change the order in which a line is shown. What is reviewed by eye must be what is compiled, "
        "so they are refused everywhere, in comments too.",
        _instead("problem decay\n", "problem decay # \u202eold\n"),
        _GOOD,
    ),
    CodeInfo(
        "E105",
        "The specification is too large",
        "A specification of more than a megabyte is not written by hand. Tables and observations belong into data "
        "files; long sums are written with `sum(…)`.",
        "",
        "",
    ),
    CodeInfo(
        "E106",
        "A character beyond ASCII outside comments and titles",
        "Names, numbers and signs are ASCII: many letters of other alphabets look like Latin ones, and two names that "
        "look the same would not be the same. Comments and titles may use every language. Write `nu` for the Greek "
        "letter, `-` for the long minus, `^2` for the raised two.",
        _instead("-u\n", "\u2212u\n"),
        _GOOD,
    ),
    CodeInfo(
        "E107",
        "A character that the language does not use",
        "Statements consist of words, numbers, texts in double quotes and the signs `+ - * / ^ = < > & ( ) [ ] , :`.",
        _with("let half = {u}/2"),
        _with("let half = (u)/2"),
    ),
    CodeInfo(
        "E108",
        "A text without its closing quote",
        "A text stands between two double quotes on one line.",
        _instead("problem decay", 'problem decay "Radioactive decay'),
        _instead("problem decay", 'problem decay "Radioactive decay"'),
    ),
    CodeInfo(
        "E109",
        "A text in single quotes",
        "Texts stand in double quotes. The single quote is kept free, because it means a derivative on paper.",
        _instead("problem decay", "problem decay 'Radioactive decay'"),
        _instead("problem decay", 'problem decay "Radioactive decay"'),
    ),
    CodeInfo(
        "E110",
        "Something that does not fit where it stands",
        "The statement is understood up to the marked place. The message says what could stand there, and the help "
        "shows the form of the statement.",
        _instead("t in [0, 1]", "t = [0, 1]"),
        _GOOD,
    ),
    CodeInfo(
        "E111",
        "A statement that ends too early",
        "The statement is understood to its end, and something is missing after it. A statement ends where the next "
        "line begins in the first column; indented lines continue it.",
        _instead("u_t = -u", "u_t = -"),
        _GOOD,
    ),
    CodeInfo(
        "E112",
        "Brackets that do not match",
        "Every `(` has its `)` and every `[` its `]` within one statement. `(` groups, calls functions and makes "
        "vectors; `[` makes ranges and takes components.",
        _instead("u_t = -u", "u_t = -(u"),
        _GOOD,
    ),
    CodeInfo(
        "E113",
        "A statement that is indented",
        "A statement begins in the first column, always, and indented lines continue the statement above them. That is "
        "how one unclosed bracket costs one statement and not the whole file.",
        _instead("initial ", "  initial "),
        _GOOD,
    ),
    CodeInfo(
        "E114",
        "A word of the language as a name",
        "The first words of statements (`time`, `field`, `data`, …) and the words between their parts (`in`, `on`, "
        "`where`, …) are not names, so that every line reads the same way everywhere.",
        _with("let data = 2*u"),
        _with("let data_1 = 2*u"),
    ),
    CodeInfo(
        "E115",
        "A name of the wrong form",
        "A name has letters, digits and underscores, begins with a letter, and has at most 40 characters. An "
        "underscore begins a derivative, so there are none at the end and no two in a row.",
        _with("let twice_ = 2*u"),
        _with("let twice = 2*u"),
    ),
    CodeInfo(
        "E116",
        "A number of the wrong form",
        "Numbers are decimal: `10_000`, `0.05`, `1e-3`. They have at most 40 digits and lie between 1e-308 and 1e308; "
        "a whole number does not begin with a zero.",
        _with("constant k = 1.2.3"),
        _with("constant k = 1.23"),
    ),
    CodeInfo(
        "E117",
        "A formula that is nested too deep",
        "A formula within a formula may be nested 100 levels deep. Name an inner part with `let`. Sums and products "
        "may be as long as they like.",
        _with("constant k = " + "(" * 101 + "1" + ")" * 101),
        _with("constant k = 1"),
    ),
    CodeInfo(
        "E118",
        "A statement that is too long",
        "A statement may have 150000 words and signs. Longer ones are made by programs: split them with `let`, or put "
        "the numbers into a file.",
        "",
        "",
    ),
    CodeInfo(
        "E119",
        "A statement that does not begin with a word",
        "What stands in the first column begins a statement, and a statement begins with a word. Indent the line if it "
        "continues the statement above it.",
        _instead("u_t = -u", "u_t =\n-u"),
        _instead("u_t = -u", "u_t =\n    -u"),
    ),
    CodeInfo(
        "E120",
        "A power written as in Python",
        "A power is written `x^2`, as on paper.",
        _instead("-u", "-u**2"),
        _instead("-u", "-u^2"),
    ),
    CodeInfo(
        "E121",
        "An equality written as in programs",
        "Two sides are related by one `=`, in equations and in conditions.",
        _instead("u_t = -u", "u_t == -u"),
        _GOOD,
    ),
    CodeInfo(
        "E122",
        "A missing operator",
        "Two values that stand side by side are no product: `2*x`, not `2x`; `(a + b)*(c + d)`, not `(a + b)(c + d)`. "
        "Only functions are called.",
        _instead("-u", "-2u"),
        _instead("-u", "-2*u"),
    ),
    CodeInfo(
        "E123",
        "A derivative with a prime",
        "A prime does not say by which coordinate is differentiated. Write `u_t`, `u_xx`, or `d(u, x, 2)`.",
        _instead("u_t", "u'"),
        _GOOD,
    ),
    CodeInfo(
        "E124",
        "A comparison where a value is needed",
        "A comparison is true or false and has no value. Comparisons stand after `where`, in `if(condition, value, "
        "otherwise)`, and between the two sides of a `constraint`.",
        _with("let early = t < 0.5"),
        _with("let early = if(t < 0.5, 1, 0)"),
    ),
    CodeInfo(
        "E125",
        "A text in a formula",
        "A text in quotes is a title, the name of a file or the value of an option; in a formula it means nothing.",
        _with('let twice = 2*"u"'),
        _with("let twice = 2*u"),
    ),
    CodeInfo(
        "E126",
        "`&` beside `+` or `-` without parentheses",
        "For shapes `+` is the union, `-` the difference and `&` the intersection. Which of them comes first is not "
        "agreed upon, so the order is written with parentheses.",
        "problem plate\nshape     a = disk((0, 0), 1) & disk((1, 0), 1) + disk((0, 1), 1)\nspace     (x, y) in a\n"
        "field     u(x, y)\nequation  laplace: laplacian(u) = 0\nboundary  edge: u = 0  on boundary\n",
        "problem plate\nshape     a = disk((0, 0), 1) & (disk((1, 0), 1) + disk((0, 1), 1))\nspace     (x, y) in a\n"
        "field     u(x, y)\nequation  laplace: laplacian(u) = 0\nboundary  edge: u = 0  on boundary\n",
    ),
    CodeInfo(
        "E127",
        "An option without a name",
        "Between the brackets of a call `=` gives a value to an option: `NAME = VALUE`.",
        _with("train adam(2*steps = 100)"),
        _with("train adam(steps = 100)"),
    ),
    CodeInfo(
        "E128",
        "A range before the end of a call",
        "A call has one range at most, `x in [0, 1]`, and it stands after the arguments. An integral over two "
        "variables is two calls, one within the other.",
        _with("quantity mean = integral(s in [0, 1], u)"),
        _with("quantity mean = integral(u)"),
    ),
    CodeInfo(
        "E129",
        "A missing label, or its colon",
        "Equations and conditions have a label with a colon: it names them in losses, plots and messages.",
        _instead("decay: u_t", "u_t"),
        _GOOD,
    ),
    CodeInfo(
        "E130",
        "A condition or a part without a place",
        "A boundary condition says after `on` where it holds: sides (`on x = 0`), parts by name, or "
        "`boundary` for all of it.",
        _ROD,
        _ROD.replace("ends: u = 0", "ends: u = 0  on boundary"),
    ),
    CodeInfo(
        "E131",
        "A title or a file's name without quotes",
        "Texts stand in double quotes.",
        _instead("problem decay", "problem decay Radioactive decay"),
        _instead("problem decay", 'problem decay "Radioactive decay"'),
    ),
    CodeInfo(
        "E132",
        "Brackets that hold no unit",
        "After a number or the name of a constant, `[…]` is a unit: names with `*`, `/`, `^` and whole powers, such as "
        "`[kg/m^3]`.",
        _with("constant k [] = 2"),
        _with("constant k = 2"),
    ),
    CodeInfo(
        "E133",
        "A misspelt first word",
        "The word is nearly the first word of a physics statement, and the line reads as one.",
        _instead("equation", "equatoin"),
        _GOOD,
    ),
    CodeInfo(
        "E134",
        "A part of a statement that is not built yet",
        "The language has this form, and this version does not compile it. The help says what can be written instead.",
        _with("constant k = 1 in left, 10 in right"),
        _with("let k = if(t < 0.5, 1, 10)"),
    ),
    CodeInfo(
        "E140",
        "An override of the wrong form",
        "An override is `--set ADDRESS=VALUE`. The address is the first word of a statement with its name, such as "
        "`constant.nu`, or a family of methods with a method and an option, such as `train.adam.steps`.",
        "",
        "",
    ),
    CodeInfo(
        "E141",
        "An override of something that is not there",
        "An override changes a statement that the specification has, or gives a method statement as a whole: "
        "`--set 'train=adam(steps = 100)'`. Equations, fields and constants are not added from outside.",
        "",
        "",
    ),
    CodeInfo(
        "E142",
        "An override with more than one meaning",
        "Several statements or methods have this address. Name the one that is meant, such as `train.adam.steps` where "
        "`train` has several methods, or give the whole statement.",
        "",
        "",
    ),
)
