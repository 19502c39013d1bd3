"""Method statements of a specification: each bound to its descriptor, aimed at labels of the physics."""

from __future__ import annotations

from pdel.methods.binding import Targets, bind_all
from pdel.methods.registry import LATER_FAMILIES, families
from pdel.semantics.problem import MethodChoice
from pdel.semantics.scope import FieldName, Scope, TermName, VectorName
from pdel.syntax import ast
from pdel.syntax.words import LABELLED_WORDS, STATEMENT_WORDS


def is_family(word: str) -> bool:
    """Whether a first word begins a method statement of the language, built or not."""
    return word in families() or word in LATER_FAMILIES


def bind_methods(scope: Scope, specification: ast.Specification) -> tuple[MethodChoice, ...]:
    """The method statements bound and checked (reported: the errors E5); refused ones are left out.

    Names after the family are labels of equations, conditions and data; those of statements that cannot be read are
    not reported.
    """
    statements = specification.statements
    found = [statement for statement in statements if isinstance(statement, ast.MethodStatement)]
    equations = [one.name.text for one in statements if isinstance(one, ast.EquationStatement)]
    conditions = [
        one.name.text
        for one in statements
        if isinstance(one, ast.BoundaryStatement | ast.InitialStatement | ast.ConstraintStatement)
    ]
    named = [target.text for statement in found for target in statement.targets]
    broken = [name for word, name in specification.broken if word in LABELLED_WORDS or word not in STATEMENT_WORDS]
    absorbed = [name for name in named if None in broken or name in broken or scope.absorbs(name)]
    data = [one.name.text for one in statements if isinstance(one, ast.DataStatement)]
    fields = [entity for entity in scope.names.values() if isinstance(entity, FieldName | VectorName)]
    inferred = [entity.name for entity in fields if isinstance(entity, FieldName) and entity.inferred]
    solved = [entity.name for entity in fields if entity.name not in inferred]
    inferred += [entity.name for entity in scope.names.values() if isinstance(entity, TermName)]
    constants = [one.name.text for one in statements if isinstance(one, ast.ConstantStatement)]
    targets = Targets(
        *(tuple(names) for names in (equations, conditions, absorbed, data, inferred, solved, constants)),
    )
    result = bind_all(found, targets, scope.sources)
    scope.report(*result.diagnostics)
    return result.value or ()
