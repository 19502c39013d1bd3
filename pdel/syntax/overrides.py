"""The overrides of `--set ADDRESS=VALUE`, parsed by the same grammar as the specification.

An address is the first word of a statement with its name (`constant.nu`, `equation.momentum`), or a family of
methods (`train`, `weigh.walls`) with, where one option is meant, the method and the option (`train.adam.steps`).
An override replaces the statement or the option that it addresses; one that gives a whole method statement adds it
where the specification has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pdel.diagnostics.model import Diagnostic, Result, error
from pdel.diagnostics.suggest import did_you_mean, enumerate_words
from pdel.source import Source, Sources, Span
from pdel.source_load import check_text
from pdel.syntax.addresses import address_of, names_of
from pdel.syntax.ast import (
    Argument,
    Call,
    ConstantStatement,
    ExactStatement,
    FunctionStatement,
    LetStatement,
    ManufactureStatement,
    MethodStatement,
    Name,
    ReferenceStatement,
    Relation,
    Specification,
    Statement,
    TableStatement,
    Text,
    UnknownStatement,
)
from pdel.syntax.lexer import Kind, StatementTokens, Token, significant, tokenize
from pdel.syntax.statement import near_statement_word, parse_statement, parse_value
from pdel.syntax.words import LABELLED_WORDS, STATEMENT_WORDS, UNBUILT_WORDS


@dataclass(frozen=True, slots=True)
class _Override:
    """An override taken apart: the words of its address, the sign `=`, and the tokens of its value."""

    address: str
    words: tuple[Token, ...]
    equals: Token
    value: tuple[Token, ...]


def apply_overrides(specification: Specification, overrides: Sequence[str]) -> Result[Specification]:
    """Applies overrides in their order; those that are wrong leave the specification as it is.

    `Sources` gets one source for each override, named `--set ADDRESS=VALUE`.
    """
    sources = list(specification.sources.items)
    statements = specification.statements
    broken = specification.broken
    diagnostics: list[Diagnostic] = []
    for text in overrides:
        origin = len(sources)
        checked = check_text(f"--set {text}", text)
        sources.append(checked.value or Source(f"--set {text}", ""))
        found = [_moved(item, origin) for item in checked.diagnostics] or _apply(statements, broken, text, origin)
        if isinstance(found, tuple):
            statements = found
        else:
            diagnostics.extend(found)
    result = replace(specification, sources=Sources(tuple(sources)), statements=statements, overrides=tuple(overrides))
    return Result(result, tuple(diagnostics))


def _moved(diagnostic: Diagnostic, origin: int) -> Diagnostic:
    """A diagnostic of a text alone, as one of the source with an origin."""
    place = diagnostic.primary
    return replace(diagnostic, primary=replace(place, span=replace(place.span, origin=origin)), secondary=())


def _apply(
    statements: tuple[Statement, ...], broken: Sequence[tuple[str, str | None]], text: str, origin: int
) -> tuple[Statement, ...] | list[Diagnostic]:
    """The statements with one override applied, or what is wrong with it."""
    override = _take_apart(text, origin)
    if isinstance(override, Diagnostic):
        return [override]
    keyword = override.words[0].text
    if keyword in STATEMENT_WORDS:
        return _replace_physics(statements, broken, override)
    if any(word == keyword for word, _ in broken):
        return statements
    return _set_method(statements, override)


def _take_apart(text: str, origin: int) -> _Override | Diagnostic:
    tokens = tokenize(text, origin)
    equals = next((index for index, token in enumerate(tokens) if token.text in ("=", "==")), None)
    whole = Span(0, len(text), origin)
    form = "Write `--set ADDRESS=VALUE`, such as `--set constant.nu=0.02` or `--set 'train=adam(steps = 100)'`."
    if equals is None:
        return error("E140", f"`{_short(text)}` sets nothing", whole, "there is no `=`", help=form)
    words = list(_address_words(tokens[:equals]))
    value = significant(tokens[equals + 1 :])
    if not words or any(word.kind is not Kind.NAME for word in words):
        place = Span(0, tokens[equals].span.start, origin)
        return error("E140", f"`{_short(text)}` has no address before `=`", place, "not an address", help=form)
    if not value:
        return error("E140", f"`{_short(text)}` gives no value", whole, "nothing stands after `=`", help=form)
    return _Override(".".join(word.text for word in words), tuple(words), tokens[equals], value)


def _address_words(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words between the points of an address; what is no word comes as it is and is refused."""
    for index, token in enumerate(significant(tokens)):
        if token.text == "." and index % 2 == 1:
            continue
        yield token if index % 2 == 0 or token.text == "." else replace(token, kind=Kind.UNKNOWN)


def _replace_physics(
    statements: tuple[Statement, ...], broken: Sequence[tuple[str, str | None]], override: _Override
) -> tuple[Statement, ...] | list[Diagnostic]:
    """Replaces the physics statement that an override addresses."""
    keyword = override.words[0].text
    name = override.words[1].text if len(override.words) > 1 else None
    if any(word == keyword and name in (None, broken_name) for word, broken_name in broken):
        return statements
    if len(override.words) > 2:
        return [_unknown(override, statements, "the statement has no parts with addresses")]
    same = [index for index, item in enumerate(statements) if address_of(item).split(".")[0] == keyword]
    found = [index for index in same if name is None or name in names_of(statements[index])]
    if not found:
        return [_unknown(override, statements, "no statement has this address")]
    if len(found) > 1:
        return [_ambiguous(override, [address_of(statements[index]) for index in found])]
    index = found[0]
    if name is not None and isinstance(statements[index], ReferenceStatement) and len(names_of(statements[index])) > 1:
        return [_ambiguous(override, [])]
    parsed = parse_statement(StatementTokens(_statement_tokens(override), {}))
    if parsed.statement is None or parsed.diagnostics:
        return list(parsed.diagnostics)
    return (*statements[:index], _merged(statements[index], parsed.statement, name), *statements[index + 1 :])


def _statement_tokens(override: _Override) -> tuple[Token, ...]:
    """The statement that an override of a physics statement stands for: keyword, name, sign, value."""
    keyword, *names = override.words
    value, sign = override.value, override.equals
    if not names or keyword.text in _WHOLE:
        return (keyword, *value)
    if keyword.text in LABELLED_WORDS:
        return (keyword, names[0], replace(sign, text=":"), *value)
    if keyword.text == "part":
        link = () if value[0].text == "on" else (replace(sign, kind=Kind.NAME, text="on"),)
        return (keyword, names[0], *link, *value)
    if keyword.text == "function":
        return (replace(keyword, text="let"), names[0], sign, *value)
    if keyword.text in ("reference", "table") and value[0].kind is Kind.TEXT:
        return (replace(keyword, text="reference"), names[0], replace(sign, kind=Kind.NAME, text="from"), *value)
    return (keyword, names[0], sign, *value)


_WHOLE = frozenset(("problem", "space", "time", "field"))
"""Statements that an override gives as a whole, whether it names them or not."""


def _merged(old: Statement, new: Statement, name: str | None) -> Statement:
    """The new statement, with what the old one says beside the value that is set."""
    match old, new:
        case ConstantStatement(unit=unit), ConstantStatement(unit=None):
            return replace(new, unit=unit)
        case UnknownStatement(), UnknownStatement():
            interval = old.interval if new.interval is None else new.interval
            return replace(new, arguments=old.arguments, interval=interval, unit=new.unit or old.unit)
        case FunctionStatement(), LetStatement(value=value):
            return replace(old, value=value)
        case TableStatement(), ReferenceStatement(file=Text() as file):
            return replace(old, file=file)
        case ExactStatement(), ExactStatement() if name is not None:
            return replace(old, relations=_with_relation(old.relations, new.relations, name))
        case ManufactureStatement(), ManufactureStatement() if name is not None:
            return replace(old, relations=_with_relation(old.relations, new.relations, name))
    return new


def _with_relation(
    old: tuple[Relation, ...], new: tuple[Relation, ...], name: str
) -> tuple[Relation, ...]:  # fmt: skip
    return tuple(new[0] if isinstance(item.left, Name) and item.left.text == name else item for item in old) + new[1:]


def _set_method(statements: tuple[Statement, ...], override: _Override) -> tuple[Statement, ...] | list[Diagnostic]:
    """Replaces or adds a method statement, or sets one option of a method."""
    family, *path = override.words
    if path:
        statements = _with_own_statement(statements, family.text, path[0].text)
    methods = [
        (index, item)
        for index, item in enumerate(statements)
        if isinstance(item, MethodStatement) and item.family.text == family.text
    ]
    if not path:
        plain = [index for index, item in methods if not item.targets]
        return _put_method(statements, override, plain[0] if plain else None, ())
    aimed = [(index, item) for index, item in methods if path[0].text in names_of(item)]
    if aimed and len(path) == 1:
        return _put_method(statements, override, aimed[0][0], aimed[0][1].targets)
    candidates = aimed or [(index, item) for index, item in methods if not item.targets] or methods
    if len(candidates) > 1:
        return [_ambiguous(override, [address_of(item) for _, item in candidates])]
    rest = path[1:] if aimed else path
    if candidates and not (len(rest) == 1 and _is_target(statements, candidates[0][1], rest[0].text)):
        return _set_option(statements, override, candidates[0][0], candidates[0][1], rest)
    if len(path) == 1 and near_statement_word(family.text) is None and _is_declared(statements, path[0].text):
        return _put_method(statements, override, None, (Name(path[0].text, path[0].span),))
    return [_no_method(override, family.text, path, statements)]


def _with_own_statement(statements: tuple[Statement, ...], family: str, target: str) -> tuple[Statement, ...]:
    """The statements with a target that shares a method statement split off into one of its own."""
    for index, item in enumerate(statements):
        if not isinstance(item, MethodStatement) or item.family.text != family or target not in names_of(item):
            continue
        own = tuple(name for name in item.targets if name.text == target)
        others = tuple(name for name in item.targets if name.text != target)
        pieces = (replace(item, targets=others),) if others else ()
        return (*statements[:index], *pieces, replace(item, targets=own), *statements[index + 1 :])
    return statements


def _is_target(statements: Sequence[Statement], statement: MethodStatement, word: str) -> bool:
    """Whether a word is a declared name and not an option that the only method of a statement is given."""
    given = {argument.name.text for call in statement.calls if isinstance(call, Call)
             for argument in call.arguments if argument.name is not None}  # fmt: skip
    return word not in given and _is_declared(statements, word)


def _is_declared(statements: Sequence[Statement], word: str) -> bool:
    declared = (name for item in statements if not isinstance(item, MethodStatement) for name in names_of(item))
    return word == "interior" or word in declared


def _put_method(
    statements: tuple[Statement, ...], override: _Override, place: int | None, targets: Sequence[Name]
) -> tuple[Statement, ...] | list[Diagnostic]:
    """Puts a whole method statement in the place of another one, or at the end."""
    family = override.words[0]
    parsed = parse_statement(StatementTokens((family, *override.value), {}))
    if not isinstance(parsed.statement, MethodStatement) or parsed.diagnostics:
        return list(parsed.diagnostics) or [_unknown(override, statements, "no statement has this address")]
    statement = replace(parsed.statement, targets=tuple(targets) or parsed.statement.targets)
    if place is None:
        return (*statements, statement)
    return (*statements[:place], statement, *statements[place + 1 :])


def _set_option(
    statements: tuple[Statement, ...],
    override: _Override,
    index: int,
    statement: MethodStatement,
    path: Sequence[Token],
) -> tuple[Statement, ...] | list[Diagnostic]:
    """Sets `[METHOD.]OPTION` of a method statement."""
    calls = [(position, call) for position, call in enumerate(statement.calls) if isinstance(call, Call | Name)]
    named = [(position, call) for position, call in calls if len(path) == 1 or _word(call) == path[0].text]
    words = [_word(call) for _, call in calls]
    if len(path) > 2 or not named:
        return [_no_option(override, path, words)]
    if len(named) > 1:
        addresses = list(dict.fromkeys(f"{statement.family.text}.{word}.{path[-1].text}" for word in words))
        return [_ambiguous(override, addresses if len(path) == 1 else [])]
    value = parse_value(override.value)
    if isinstance(value, tuple):
        return list(value)
    position, call = named[0]
    option = path[-1]
    argument = Argument(value, option.span.to(override.value[-1].span), Name(option.text, option.span))
    changed = (*statement.calls[:position], _with_option(call, argument), *statement.calls[position + 1 :])
    return (*statements[:index], replace(statement, calls=changed), *statements[index + 1 :])


def _word(call: Call | Name) -> str:
    return call.function.text if isinstance(call, Call) else call.text


def _with_option(call: Call | Name, argument: Argument) -> Call:
    """A call with one option set, in the place where it stood, or else last."""
    if isinstance(call, Name):
        return Call(call, (argument,), call.span)
    assert argument.name is not None
    name = argument.name.text
    if any(item.name is not None and item.name.text == name for item in call.arguments):
        arguments = tuple(
            argument if item.name is not None and item.name.text == name else item for item in call.arguments
        )
        return replace(call, arguments=arguments)
    return replace(call, arguments=(*call.arguments, argument))


def _address_span(override: _Override) -> Span:
    return override.words[0].span.to(override.words[-1].span)


def _unknown(override: _Override, statements: Sequence[Statement], reason: str) -> Diagnostic:
    keyword = override.words[0].text
    addresses = list(dict.fromkeys(address_of(item) for item in statements))
    same = [address for address in addresses if address.split(".")[0] == keyword]
    remedy = did_you_mean(override.address, same) or did_you_mean(override.address, addresses)
    if not remedy and same:
        remedy = f"The specification has {enumerate_words(same)}."
    elif not remedy and keyword in UNBUILT_WORDS:
        remedy = f"Statements of `{keyword}` are not built yet."
    elif not remedy:
        remedy = f"The specification has no `{keyword}` statement; physics is added in its file."
    return error("E141", f"nothing has the address `{override.address}`", _address_span(override), reason, help=remedy)


def _ambiguous(override: _Override, addresses: Sequence[str]) -> Diagnostic:
    choices = list(dict.fromkeys(addresses))
    remedy = f"Write one of {enumerate_words(choices, 'or')}." if len(choices) > 1 else "Set the whole statement."
    return error(
        "E142", f"the address `{override.address}` means more than one thing", _address_span(override),
        "which one?", help=remedy,
    )  # fmt: skip


def _no_method(override: _Override, family: str, path: Sequence[Token], statements: Sequence[Statement]) -> Diagnostic:
    present = any(isinstance(item, MethodStatement) and item.family.text == family for item in statements)
    option = path[-1].text
    if near_statement_word(family) is not None and not present:
        return _unknown(override, statements, "no statement has this address")
    if present:
        return _unknown(override, statements, f"`{path[0].text}` is no target, method or option here")
    return error(
        "E141", f"nothing has the address `{override.address}`", _address_span(override),
        f"the specification has no `{family}` statement",
        help=f"Give the whole statement: `--set '{family}=METHOD({option} = …)'`.",
    )  # fmt: skip


def _no_option(override: _Override, path: Sequence[Token], words: Sequence[str]) -> Diagnostic:
    remedy = did_you_mean(path[0].text, words)
    if not remedy:
        remedy = f"The statement has {enumerate_words(list(dict.fromkeys(words)))}." if words else "Set it as a whole."
    return error(
        "E141", f"nothing has the address `{override.address}`", _address_span(override),
        f"there is no method `{path[0].text}` in this statement", help=remedy,
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
