"""Mutated specifications: the stage never raises, and gives a value or an error."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from pdel.semantics.resolve import resolve
from pdel.source import Source
from pdel.syntax.parse import parse
from tests.semantics.spelling import COMPLEX, FLOW, HEAT

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/*.pde"))]
SPECIFICATIONS = [
    *EXAMPLES,
    HEAT.format(equation="u_t = alpha*u_xx").lstrip(),
    FLOW.format(extra="let s = sym(grad(vel))", equation="advect(vel, vel) = div(s)").lstrip(),
    COMPLEX.format(equation="i*psi_t + psi_xx + abs(psi)^2*psi = 0").lstrip(),
]
TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+\.?\d*(?:e-?\d+)?|\n|[ ]+|\S")
WORDS = [
    *re.findall(
        r"\S+",
        """
        grad div curl laplacian dot cross inner outer advect sym trace transpose identity normal tangent dn
        re im conj abs i pi d if integral sin( f( min( sqrt( ( ) [ ] , + - * / ^ = < & : and not or
        x y t u v vel p psi u_x u_xx vel_x u_q 0 1 2 1e300 1e-300 0.5 9^9^9 x[1..3] mlp network train
        field constant let space boundary on where in at except complex periodic exact reference language
        """,
    ),
    *("\n", "\nlet a = ", "\nconstant a = ", "\nfunction f(s) = ", "(0, 0)"),
]


def mutate(rng: random.Random) -> str:
    tokens = TOKEN.findall(rng.choice(SPECIFICATIONS))
    for _ in range(rng.randint(1, 6)):
        index = rng.randrange(len(tokens))
        match rng.randrange(5):
            case 0:
                tokens[index] = ""
            case 1 | 2:
                tokens[index] = rng.choice(WORDS)
            case 3:
                tokens.insert(index, rng.choice(WORDS))
            case _:
                other = rng.randrange(len(tokens))
                tokens[index], tokens[other] = tokens[other], tokens[index]
    return "".join(tokens)


@pytest.mark.parametrize("seed", range(8))
def test_mutated_specifications_never_raise(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    for _ in range(40):
        text = mutate(rng)
        parsed = parse(Source("fuzz.pde", text))
        assert parsed.value is not None
        result = resolve(parsed.value, tmp_path)
        assert (result.value is None) == result.has_errors, text
        for item in result.diagnostics:
            assert 0 <= item.primary.span.start <= item.primary.span.end <= len(text)
