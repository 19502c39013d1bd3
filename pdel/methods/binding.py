"""Method statements checked against the registry: families, methods, options, targets.

In: a `MethodStatement` of the syntax tree and the names that it may aim at. Out: a `MethodChoice` in which every
option has a value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.diagnostics.suggest import did_you_mean, enumerate_words
from pdel.methods.base import Method
from pdel.methods.options import OptionValue, bind_options
from pdel.methods.registry import (
    FAMILIES,
    LATER_FAMILIES,
    Family,
    TargetKind,
    families,
    family_of,
    find,
    methods_of,
    named_methods,
)
from pdel.semantics.problem import MethodCall, MethodChoice
from pdel.source import Sources, Span
from pdel.syntax import ast
from pdel.syntax.words import STATEMENT_WORDS

INTERIOR = "interior"
"""The name of the collocation points of the equations, as a target of `sample`."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The labels that method statements can aim at; `absorbed` ones belong to statements refused before."""

    equations: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    absorbed: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    unknown_fields: tuple[str, ...] = ()
    solved_fields: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()

    def allowed(self, kind: TargetKind) -> tuple[str, ...]:
        """The names that a family of this kind may aim at."""
        match kind:
            case TargetKind.NOTHING:
                return ()
            case TargetKind.UNKNOWN_FIELDS:
                return self.unknown_fields
            case TargetKind.CONDITIONS:
                return self.conditions
            case TargetKind.POINTS:
                return (INTERIOR, *self.conditions)
            case TargetKind.CONSTANTS:
                return self.constants
            case TargetKind.DATA:
                return self.data
            case TargetKind.TERMS:
                return (*self.equations, *self.conditions, *self.data)


def bind_all(
    statements: Sequence[ast.MethodStatement], targets: Targets, sources: Sources
) -> Result[tuple[MethodChoice, ...]]:
    """All method statements bound, in their order; the unsound ones are left out.

    Errors: those of `bind`, and E512 where two statements choose the same.
    """
    results = [bind(statement, targets, sources) for statement in statements]
    choices = tuple(result.value for result in results if result.value is not None)
    diagnostics = [item for result in results for item in result.diagnostics]
    return Result(choices, (*diagnostics, *_repeated(choices)))


def bind(statement: ast.MethodStatement, targets: Targets, sources: Sources) -> Result[MethodChoice]:
    """One method statement bound: `train adam(steps = 100) then lbfgs`.

    Errors: E501 unknown family, E502 not built yet, E503 unknown method, E504 to E508 options, E509 `then`,
    E510 targets, E511 a number missing or not wanted.
    """
    family = family_of(statement.family.text)
    if family is None:
        return Result(None, (_unknown_family(statement.family),))
    diagnostics = [*_check_targets(statement, family, targets), *_check_chain(statement, family)]
    calls: list[MethodCall] = []
    for call in statement.calls:
        result = _bind_number(call, family) if family.number else _bind_call(call, family)
        diagnostics.extend(result.diagnostics)
        if result.value is not None:
            calls.append(result.value)
    if diagnostics:
        return Result(None, tuple(diagnostics))
    text = " ".join(sources.text(statement.span).split())
    names = tuple(target.text for target in statement.targets)
    return Result(MethodChoice(family.name, names, tuple(calls), text, statement.span))


def _unknown_family(name: ast.Name) -> Diagnostic:
    if name.text in LATER_FAMILIES:
        return _not_built(f"`{name.text}`", name.span)
    return error(
        "E501",
        f"unknown statement `{name.text}`",
        name.span,
        "no statement or method family begins like this",
        help=did_you_mean(name.text, (*families(), *LATER_FAMILIES, *sorted(STATEMENT_WORDS)))
        or f"Method families are {enumerate_words(families())}.",
    )


def _not_built(what: str, span: Span, instead: str = "Remove this line for now.") -> Diagnostic:
    return error("E502", f"{what} is not built yet", span, "part of the language, not of this version", help=instead)


def _check_targets(statement: ast.MethodStatement, family: Family, targets: Targets) -> list[Diagnostic]:
    allowed = targets.allowed(family.targets)
    if family.target_required and not statement.targets:
        help_text = f"Write `{family.name} NAME: …` with one of {enumerate_words(allowed, 'or')}." if allowed else ""
        return [
            error(
                "E510", f"`{family.name}` needs to know what for", statement.keyword, "a name and `:`", help=help_text
            )
        ]
    solved = next((target for target in statement.targets if target.text in targets.solved_fields), None)
    if solved is not None and family.targets is TargetKind.UNKNOWN_FIELDS:
        remedy = "Remove the name: one network has all fields but the unknown ones."
        return [_not_built(f"a {family.name} for single fields", solved.span, remedy)]
    if statement.targets and family.targets is TargetKind.NOTHING:
        first = statement.targets[0]
        return [
            error(
                "E510",
                f"`{family.name}` has no targets",
                first.span,
                "a name stands before the colon",
                help=f"Remove `{first.text}:`.",
            )
        ]
    return [
        error(
            "E510",
            f"`{family.name}` cannot aim at `{target.text}`",
            target.span,
            f"{family.targets.value} are possible here",
            help=did_you_mean(target.text, allowed)
            or (f"Known here: {enumerate_words(allowed)}." if allowed else "There is none in this problem."),
        )
        for target in statement.targets
        if target.text not in allowed and target.text not in targets.absorbed
    ]


def _check_chain(statement: ast.MethodStatement, family: Family) -> list[Diagnostic]:
    if family.chained or len(statement.calls) == 1:
        return []
    return [
        error(
            "E509",
            f"`then` has no meaning after `{family.name}`",
            statement.calls[1].span,
            "a second choice",
            help="Only the phases of `train` follow each other; choose one here.",
        )
    ]


def _bind_number(call: ast.Call | ast.Name | ast.Number, family: Family) -> Result[MethodCall]:
    """`seed 7`, `weigh walls: 10`: the option `value` of the method `constant`."""
    if not isinstance(call, ast.Number):
        name = call.text if isinstance(call, ast.Name) else call.function.text
        if name in [method.name for method in named_methods(family)]:
            return _bind_call(call, family)
        if name in family.later:
            return Result(None, (_not_built(f"`{family.name} {name}`", call.span, "Give a number for now."),))
        problem = error(
            "E511",
            f"`{family.name}` needs a number",
            call.span,
            "this is no number",
            help=f"Write a number, as in `{methods_of(family.name)[0].example}`.",
        )
        return Result(None, (problem,))
    method = methods_of(family.name)[0]
    given = [(ast.Name(method.options[0].name, call.span), call)]
    return _call(method, given, call.span)


def _bind_call(call: ast.Call | ast.Name | ast.Number, family: Family) -> Result[MethodCall]:
    if isinstance(call, ast.Number):
        problem = error(
            "E511",
            f"`{family.name}` takes no number",
            call.span,
            "a method is needed here",
            help=f"Write a method, as in `{methods_of(family.name)[0].example}`.",
        )
        return Result(None, (problem,))
    name = call if isinstance(call, ast.Name) else call.function
    method = find(family.name, name.text)
    if method is None:
        return Result(None, (_unknown_method(name, family),))
    if isinstance(call, ast.Name):
        return _call(method, [], call.span)
    problems = [
        error(
            "E508",
            f"an option of `{method.name}` without its name",
            argument.span,
            "which option is this?",
            help=_positional_help(method),
        )
        for argument in call.arguments
        if argument.name is None
    ]
    if call.binder is not None:
        problems.append(error("E508", f"`{method.name}` takes options only", call.binder.span, "this is no option"))
    given = [(argument.name, argument.value) for argument in call.arguments if argument.name is not None]
    result = _call(method, given, call.span)
    return Result(None if problems else result.value, (*problems, *result.diagnostics))


def _positional_help(method: Method) -> str:
    if not method.options:
        return f"`{method.name}` has no options."
    first = method.options[0]
    return f"Options are named: `{method.name}({first.name} = {spelling(first.default)})`."


def _unknown_method(name: ast.Name, family: Family) -> Diagnostic:
    if name.text in family.later:
        instead = f"Choose one of {enumerate_words([method.name for method in methods_of(family.name)], 'or')}."
        return _not_built(f"`{family.name} {name.text}`", name.span, instead)
    known = [method.name for method in methods_of(family.name)]
    others = [method.family for each in FAMILIES for method in methods_of(each.name) if method.name == name.text]
    elsewhere = f"`{name.text}` belongs to `{others[0]}`." if others else ""
    return error(
        "E503",
        f"unknown method `{name.text}` of `{family.name}`",
        name.span,
        f"no `{family.name}` of this name",
        help=did_you_mean(name.text, (*known, *family.later)) or elsewhere or f"There are {enumerate_words(known)}.",
    )


def _call(method: Method, given: Sequence[tuple[ast.Name, ast.Expression]], span: Span) -> Result[MethodCall]:
    options = bind_options(method, given)
    if options.value is None:
        return Result(None, options.diagnostics)
    names = tuple(dict.fromkeys(name.text for name, _ in given))
    return Result(MethodCall(method.name, options.value, span, names), options.diagnostics)


def spelling(value: OptionValue) -> str:
    """A value as a specification spells it: `20_000`, `1e-3`, `true`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:_d}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        return f"{value:g}" if math.isfinite(value) else "0"
    return value


def _repeated(choices: Sequence[MethodChoice]) -> list[Diagnostic]:
    """E512 for two statements of one family that choose for the same target."""
    seen: dict[tuple[str, str], MethodChoice] = {}
    problems: list[Diagnostic] = []
    for choice in choices:
        for target in choice.targets or ("",):
            first = seen.setdefault((choice.family, target), choice)
            if first is choice:
                continue
            what = f"`{choice.family}` for `{target}`" if target else f"`{choice.family}`"
            problems.append(
                error(
                    "E512",
                    f"{what} is chosen twice",
                    choice.span,
                    "the second choice",
                    secondary=(Label(first.span, "the first one"),),
                    help="Keep one of the two statements.",
                )
            )
            break
    return problems
