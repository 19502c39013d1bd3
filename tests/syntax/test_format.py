"""The formatter: what it changes, and that it changes nothing else."""

from __future__ import annotations

from pathlib import Path
from random import Random
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdel.cli.starters import STARTERS
from pdel.syntax import format as formatter
from pdel.syntax.format import format_text
from pdel.syntax.lexer import Kind, tokenize
from tests.syntax.generated import joined, sound_words
from tests.syntax.specifications import BURGERS, GOOD, HEAT

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.pde"))


def formatted(text: str) -> str:
    """The formatted text of one that parses."""
    result = format_text(dedent(text))
    assert result.value is not None, result.diagnostics
    assert result.diagnostics == ()
    return result.value


def words(text: str) -> list[str]:
    return [token.text.rstrip() for token in tokenize(text) if token.kind not in (Kind.SPACE, Kind.NEWLINE)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_fixed_points(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


@pytest.mark.parametrize("text", [*STARTERS.values(), *(GOOD[name] for name in GOOD if name != "forms")])
def test_shown_specifications_are_fixed_points(text: str) -> None:
    assert formatted(text) == text


def test_every_form() -> None:
    assert formatted(GOOD["forms"]) == dedent("""\
        problem forms "All forms" language 1
        space      polar (r, theta) in ring & (half + quarter)
        space      x[1..10] in [0, 1], y in [0, 2*pi] periodic
        time       t in [0, 1]
        shape      ring = disk((0, 0), 2) - disk((0, 0), 1)
        part       base  on y = 0
        part       wet  on boundary except base, x = 1  where x > 0.5 and not y < 1 or z = 0
        field      (u, v)(x, t), complex psi(x, t), T(x, y) in solid
        constant   rho [kg/m^3] = 1000
        constant   T0 = 300 [K]
        let        flux = -k*grad(u)
        function   hat(s) = max(0, 1 - abs(s))
        equation   heat:        u_t = u_xx in solid  where 0 < x <= 1
        boundary   walls:       dn(u) = g, v = 0  on x = 0, top except base  where y > 0.5
        initial    start:       u = f, u_t = g
        constraint gauge:       p = 0  at (0, 0)
        constraint positive:    u >= 0
        quantity   dp = p(0.15, 0.2) - p(0.25, 0.2)
        quantity   lift = integral(stress[x, y] on pillar, x = 0 except base)
        quantity   tail = integral(exp(s - x)*u(s), s in [0, x]) + sum(x[k]^2, k in [1, 10])
        let        pieces = if(x = 0, 1, -2^-x^2/(-3))
        exact      u = sin(x), v = cos(x)
        manufacture u = x*(1 - x)
        reference  u, v from "ref.csv"
        reference  drag = 5.58
        weigh      walls: 10
        ramp       nu: geometric(from = 0.1, to = 0.003)
        train      adam(only = (sensors), decay = "cosine") then lbfgs
        """)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("let a=b", "let        a = b\n"),
        ("let a = b  *c^ - 2/ ( d+e )", "let        a = b*c^-2/(d + e)\n"),
        ("let a = -b - -c + (-d)", "let        a = -b - -c + (-d)\n"),
        ("equation conservation_of_mass :div(vel)=0", "equation   conservation_of_mass: div(vel) = 0\n"),
        ("constant rho[ kg / m ^3]=1000", "constant   rho [kg/m^3] = 1000\n"),
        ("constant T=300[K]", "constant   T = 300 [K]\n"),
        ("boundary b:u=0 on x=-1,y=2", "boundary   b:           u = 0  on x = -1, y = 2\n"),
        ("train adam(where=1,in=2)then lbfgs", "train      adam(where = 1, in = 2) then lbfgs\n"),
        ('data s:u from "a.csv"(sigma=0.1)', 'data       s:           u from "a.csv" (sigma = 0.1)\n'),
        ("parameter mu in [1,2](scale=log)", "parameter  mu in [1, 2] (scale = log)\n"),
        ("unknown k[W/m]in[0.1,10]", "unknown    k [W/m] in [0.1, 10]\n"),
        ("a_new_family_of_methods a , b:c(d=1)", "a_new_family_of_methods a, b: c(d = 1)\n"),
        ("space x[1 .. 2] in [2. ,3]", "space      x[1..2] in [2., 3]\n"),
        ("space x[1. .. 2]in[0,1]", "space      x[1. ..2] in [0, 1]\n"),
        ("seed 7# lucky  ", "seed       7  # lucky\n"),
        ("\ufeffseed 7\r\n\r\n\r\n", "seed       7\n"),
        ("", ""),
        ("\n# only a comment", "# only a comment\n"),
    ],
)
def test_spaces(written: str, wanted: str) -> None:
    assert formatted(written) == wanted


def test_lines_and_comments_stay_where_they_are() -> None:
    text = """
        # head


        # second
        problem  a   # trailing
          # of the problem
        let f = g(
          1,     # one

        # two
           2
           )
            +3
        # before b
        let b = [
        """.replace("let b = [", "let b = 1")
    assert formatted(text) == dedent("""\
        # head

        # second
        problem a  # trailing
            # of the problem
        let        f = g(
            1,  # one

            # two
            2
        )
            + 3
        # before b
        let        b = 1
        """)


def test_a_longer_name_changes_one_line() -> None:
    before = formatted(BURGERS).splitlines()
    after = formatted(BURGERS.replace("momentum:", "conservation_of_momentum:")).splitlines()
    assert sum(first != second for first, second in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("text", "code"), [("let a = (1\n", "E112"), ("let a = 1 2\n", "E122"), ("let\u202e a = 1\n", "E104")]
)
def test_text_that_does_not_parse_is_refused(text: str, code: str) -> None:
    result = format_text(text)
    assert result.value is None
    assert [item.code for item in result.diagnostics] == [code]


@pytest.mark.parametrize(("old", "new"), [("0.4", "0.5"), ("# note", "# not"), (" = ", " == "), ("u(x", "u (x")])
def test_a_mistake_of_the_formatter_is_found(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = formatter._layout
    monkeypatch.setattr(formatter, "_layout", lambda lines: (line.replace(old, new) for line in layout(lines)))
    result = format_text(HEAT + "# note\n")
    codes = [item.code for item in result.diagnostics]
    assert codes == ([] if new == "u (x" else ["E902"])


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_any_layout_is_formatted_once_and_for_all(seed: int) -> None:
    rng = Random(seed)
    statements = [sound_words(rng) for _ in range(rng.randint(1, 3))]
    text = rng.choice(("\n", "\n\n\n", "\n# note  \n")).join(joined(item, rng, breaks=True) for item in statements)
    result = format_text(text)
    assert result.value is not None, (text, result.diagnostics)
    assert words(result.value) == words(text)
    assert format_text(result.value).value == result.value
    lines = result.value.split("\n")
    assert lines[-1] == ""
    assert not any(line != line.rstrip() or "\t" in line for line in lines)
    assert "\n\n\n" not in result.value


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_spaces_within_a_line_make_no_difference(seed: int) -> None:
    rng = Random(seed)
    statement = sound_words(rng)
    first, second = (format_text(joined(statement, rng, breaks=False)).value for _ in range(2))
    assert first is not None
    assert first == second
