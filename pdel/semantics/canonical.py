"""The canonical spelling of statements: the identity of a specification.

Layout, comments, the order of statements and the spelling of numbers make no difference; everything else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdel.syntax import ast


def canonical_statements(statements: Sequence[ast.Statement]) -> tuple[str, ...]:
    """Every statement as `ADDRESS = TEXT`, sorted by address."""
    return tuple(sorted(f"{address} = {text}" for one in statements for address, text in spelled_statement(one)))


def spelled_statement(statement: ast.Statement) -> Iterator[tuple[str, str]]:
    """The addresses of a statement with their spelling: a field statement gives one for each declaration."""
    match statement:
        case ast.ProblemStatement():
            title = quoted(statement.title) if statement.title else ""
            version = number(statement.language.text) if statement.language else "1"
            yield "problem", f"{statement.name.text} {title} language {version}"
        case ast.SpaceStatement():
            system = f"{statement.system.text} " if statement.system else ""
            shape = f"({_names(statement.names)}) in {spell(statement.shape)}" if statement.shape else ""
            yield "space", system + (shape or ", ".join(map(_range, statement.ranges)))
        case ast.TimeStatement():
            yield "time", _range(statement.range)
        case ast.ShapeStatement():
            yield f"shape.{statement.name.text}", spell(statement.value)
        case ast.PartStatement():
            yield f"part.{statement.name.text}", _selector(statement.selector) + _where(statement.where)
        case ast.FieldStatement():
            for declaration in statement.declarations:
                yield _field(declaration)
        case ast.ConstantStatement():
            unit = f" [{statement.unit}]" if statement.unit else ""
            yield f"constant.{statement.name.text}", spell(statement.value) + unit
        case ast.LetStatement():
            yield f"let.{statement.name.text}", spell(statement.value)
        case ast.FunctionStatement():
            parameters = _names(statement.parameters)
            yield f"function.{statement.name.text}", f"({parameters}) {spell(statement.value)}"
        case ast.MethodStatement():
            targets = "".join(f".{name}" for name in sorted(name.text for name in statement.targets))
            yield f"{statement.family.text}{targets}", " then ".join(map(spell, statement.calls))
        case ast.UnbuiltStatement():
            yield statement.word.text, ""
        case _:
            yield from _spell_relation(statement)


def _spell_relation(statement: ast.Statement) -> Iterator[tuple[str, str]]:
    """The same for equations, conditions and outcomes."""
    match statement:
        case ast.EquationStatement():
            region = f" in {statement.region.text}" if statement.region else ""
            text = spelled_relation(statement.relation) + region + _where(statement.where)
            yield f"equation.{statement.name.text}", text
        case ast.BoundaryStatement():
            relations = ", ".join(map(spelled_relation, statement.relations))
            where = _where(statement.where)
            yield f"boundary.{statement.name.text}", f"{relations} on {_selector(statement.selector)}{where}"
        case ast.InitialStatement():
            yield f"initial.{statement.name.text}", ", ".join(map(spelled_relation, statement.relations))
        case ast.ConstraintStatement():
            point = "" if statement.at is None else f" at ({', '.join(map(spell, statement.at))})"
            yield f"constraint.{statement.name.text}", spelled_relation(statement.relation) + point
        case ast.QuantityStatement():
            yield f"quantity.{statement.name.text}", spell(statement.value)
        case ast.ExactStatement():
            for relation in statement.relations:
                yield f"exact.{spell(relation.left)}", spell(relation.right)
        case ast.ManufactureStatement():
            for relation in statement.relations:
                yield f"manufacture.{spell(relation.left)}", spell(relation.right)
        case ast.ReferenceStatement():
            value = f"from {quoted(statement.file)}" if statement.file else spell(statement.value)
            yield f"reference.{','.join(name.text for name in statement.names)}", value
        case ast.UnknownStatement():
            yield f"unknown.{statement.name.text}", _unknown(statement)
        case ast.DataStatement():
            observed = (
                _names(statement.observed) if statement.relation is None else spelled_relation(statement.relation)
            )
            text = f"{observed} from {quoted(statement.file)}{_options(statement.options)}"
            yield f"data.{statement.name.text}", text
        case ast.TableStatement():
            text = f"({_names(statement.arguments)}) from {quoted(statement.file)}{_options(statement.options)}"
            yield f"table.{statement.name.text}", text


def _unknown(item: ast.UnknownStatement) -> str:
    unit = f"[{item.unit}] " if item.unit else ""
    arguments = f"({_names(item.arguments)})" if item.arguments else ""
    value = f" = {spell(item.value)}" if item.value is not None else ""
    bounds = "" if item.interval is None else f" in [{', '.join(map(spell, item.interval))}]"
    return f"{unit}{arguments}{value}{bounds}"


def _options(items: Sequence[ast.Argument]) -> str:
    return f" ({', '.join(_arguments(items))})" if items else ""


def _names(items: Sequence[ast.Name]) -> str:
    return ", ".join(item.text for item in items)


def _range(item: ast.Range) -> str:
    indices = "" if item.first is None or item.last is None else f"[{item.first.text}..{item.last.text}]"
    periodic = " periodic" if item.periodic else ""
    return f"{item.name.text}{indices} in [{spell(item.low)}, {spell(item.high)}]{periodic}"


def _field(item: ast.FieldDeclaration) -> tuple[str, str]:
    components = _names(item.components)
    name = item.vector.text if item.vector else ",".join(one.text for one in item.components)
    kind = "complex " if item.complex else ""
    region = f" in {item.region.text}" if item.region else ""
    return f"field.{name}", f"{kind}({components})({_names(item.arguments)}){region}"


def spelled_relation(item: ast.Relation) -> str:
    """Both sides of a relation."""
    return f"{spell(item.left)} {item.operator} {spell(item.right)}"


def _where(condition: ast.Expression | None) -> str:
    return "" if condition is None else f" where {spell(condition)}"


def _selector(item: ast.Selector) -> str:
    included = ", ".join(sorted(map(spelled_selected, item.included)))
    return included + (f" except {', '.join(sorted(map(spelled_selected, item.excluded)))}" if item.excluded else "")


def spelled_selected(item: ast.Side | ast.Name) -> str:
    """One place of a selector."""
    return item.text if isinstance(item, ast.Name) else f"{item.coordinate.text} = {spell(item.value)}"


def number(text: str) -> str:
    """A decimal literal by its value: `1e-3`, `0.001` and `0.00100` are one."""
    mantissa, _, exponent = text.replace("_", "").lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    scale = (int(exponent) if exponent else 0) - len(fraction)
    digits = (whole + fraction).lstrip("0")
    stripped = digits.rstrip("0")
    return f"{stripped}e{scale + len(digits) - len(stripped)}" if stripped else "0"


def quoted(text: ast.Text) -> str:
    """A text in quotes."""
    return f'"{text.text}"'


def spell(expression: ast.Expression | None) -> str:
    """An expression fully in parentheses, numbers by their values, options sorted by name."""
    match expression:
        case None:
            return ""
        case ast.Number():
            return number(expression.text) + (f" [{expression.unit}]" if expression.unit else "")
        case ast.Name():
            return expression.text
        case ast.Text():
            return quoted(expression)
        case ast.Negate(operand=operand):
            return f"(-{spell(operand)})"
        case ast.Sum(terms=terms):
            return "(" + " ".join(("-" if term.negative else "+") + spell(term.expression) for term in terms) + ")"
        case ast.Product(factors=factors):
            first, *others = factors
            joined = "".join(("/" if factor.divides else "*") + spell(factor.expression) for factor in others)
            return f"({spell(first.expression)}{joined})"
        case ast.Power(base=base, exponent=exponent):
            return f"({spell(base)}^{spell(exponent)})"
        case ast.Conjunct(operands=operands):
            return "(" + " & ".join(map(spell, operands)) + ")"
        case ast.Call():
            return _call(expression)
        case ast.Component(base=base, indices=indices):
            return f"{spell(base)}[{', '.join(map(spell, indices))}]"
        case ast.Vector(items=items):
            return "(" + ", ".join(map(spell, items)) + ")"
        case ast.Comparison(operands=operands, operators=operators):
            leading, *rest = map(spell, operands)
            return f"({leading}{''.join(f' {sign} {one}' for sign, one in zip(operators, rest, strict=True))})"
        case ast.Logical(operator=operator, operands=operands):
            return "(" + f" {operator} ".join(map(spell, operands)) + ")"
        case ast.Not(operand=operand):
            return f"(not {spell(operand)})"


def _call(call: ast.Call) -> str:
    match call.binder:
        case ast.OnRegion(selector=selector):
            binder = f" on {_selector(selector)}"
        case ast.InInterval(name=name, low=low, high=high):
            binder = f", {name.text} in [{spell(low)}, {spell(high)}]"
        case None:
            binder = ""
    return f"{call.function.text}({', '.join(_arguments(call.arguments))}{binder})"


def _arguments(items: Sequence[ast.Argument]) -> list[str]:
    """Values in their order, then options sorted by name."""
    positional = [spell(argument.value) for argument in items if argument.name is None]
    return [*positional, *sorted(f"{one.name.text} = {spell(one.value)}" for one in items if one.name is not None)]
