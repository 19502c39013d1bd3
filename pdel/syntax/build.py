"""From the parse tree of a statement to the AST: explicit, one case for each rule of the grammar."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.diagnostics.model import Diagnostic
from pdel.source import Span
from pdel.syntax.ast import (
    BoundaryStatement,
    Call,
    ConstantStatement,
    ConstraintStatement,
    DataStatement,
    EquationStatement,
    ExactStatement,
    Expression,
    FieldDeclaration,
    FieldStatement,
    FunctionStatement,
    InitialStatement,
    LetStatement,
    ManufactureStatement,
    MethodStatement,
    Name,
    Number,
    PartStatement,
    ProblemStatement,
    QuantityStatement,
    Range,
    ReferenceStatement,
    Relation,
    ShapeStatement,
    SpaceStatement,
    Statement,
    TableStatement,
    TimeStatement,
    UnknownStatement,
    Vector,
)
from pdel.syntax.build_expressions import ExpressionBuilder, unit_text
from pdel.syntax.tree import Node, Terminal, Tree


@dataclass(frozen=True, slots=True)
class Built:
    """A statement with the mistakes that showed while it was built."""

    statement: Statement
    diagnostics: tuple[Diagnostic, ...]


def build_statement(tree: Tree, origin: int) -> Built:
    """The statement of a tree."""
    builder = StatementBuilder(origin)
    statement = builder.statement(tree)
    return Built(statement, tuple(builder.diagnostics))


def build_condition(node: Node, origin: int) -> tuple[Expression, tuple[Diagnostic, ...]]:
    """The expression of the tree of a condition or a value."""
    builder = ExpressionBuilder(origin)
    expression = builder.condition(node)
    return expression, tuple(builder.diagnostics)


class StatementBuilder(ExpressionBuilder):
    """Builds the statements of one source."""

    def statement(self, tree: Tree) -> Statement:
        """The statement of a tree, by its rule."""
        children = tree.children
        keyword, span = self.span(children[0]), self.span(tree)
        parts = _Parts(children[1:])
        match tree.rule:
            case "problem":
                return self._problem(parts, keyword, span)
            case "space" | "space_in_shape":
                return self._space(parts, keyword, span)
            case "time":
                return TimeStatement(self._range(parts.tree("range")), keyword, span)
            case "shape":
                return ShapeStatement(self.name(children[1]), self.value(children[-1]), keyword, span)
            case "part":
                selector = self.selector(parts.tree("selector"))
                return PartStatement(self.name(children[1]), selector, self._where(parts), keyword, span)
            case "field":
                declarations = tuple(self._declaration(child) for child in children[1:])
                return FieldStatement(declarations, keyword, span)
            case "constant":
                unit = unit_text(children[2]) if len(children) == 5 else None
                return ConstantStatement(self.name(children[1]), self.value(children[-1]), keyword, span, unit)
            case "let":
                return LetStatement(self.name(children[1]), self.value(children[-1]), keyword, span)
            case "function":
                parameters = self._names(parts.tree("names"))
                return FunctionStatement(self.name(children[1]), parameters, self.value(children[-1]), keyword, span)
            case "quantity":
                return QuantityStatement(self.name(children[1]), self.value(children[-1]), keyword, span)
            case "exact":
                return ExactStatement(self._relations(children[1]), keyword, span)
            case "manufacture":
                return ManufactureStatement(self._relations(children[1]), keyword, span)
            case "reference":
                names = self._names(parts.tree("names"))
                return ReferenceStatement(names, self.text(children[-1]), None, keyword, span)
            case "reference_value":
                value = self.value(children[-1])
                return ReferenceStatement((self.name(children[1]),), None, value, keyword, span)
            case "unknown":
                return self._unknown(parts, keyword, span)
            case "table":
                return self._table(parts, keyword, span)
            case "method":
                return self._method(tree, keyword, span)
            case _:
                return self._labelled(tree, parts, keyword, span)

    def _labelled(self, tree: Tree, parts: _Parts, keyword: Span, span: Span) -> Statement:
        name = self.name(tree.children[1])
        match tree.rule:
            case "equation":
                relation = self._relation(parts.tree("relation"))
                region = parts.find("region")
                inside = None if region is None else self.name(region.children[0])
                return EquationStatement(name, relation, inside, self._where(parts), keyword, span)
            case "boundary":
                relations = self._relations(parts.tree("relations"))
                selector = self.selector(parts.tree("selector"))
                return BoundaryStatement(name, relations, selector, self._where(parts), keyword, span)
            case "initial":
                return InitialStatement(name, self._relations(parts.tree("relations")), keyword, span)
            case "constraint":
                relation = self._relation(parts.tree("bound"))
                return ConstraintStatement(name, relation, self._at(parts), keyword, span)
            case "data" | "data_relation":
                return self._data(parts, name, keyword, span)
            case rule:
                raise AssertionError(f"no case for the rule {rule}")

    def _problem(self, parts: _Parts, keyword: Span, span: Span) -> ProblemStatement:
        title = parts.token("TEXT")
        number = parts.token("NUMBER")
        return ProblemStatement(
            self.name(parts.children[0]),
            None if title is None else self.text(title),
            None if number is None else self.number(number),
            keyword,
            span,
        )

    def _space(self, parts: _Parts, keyword: Span, span: Span) -> SpaceStatement:
        system = parts.token("SYSTEM")
        kind = None if system is None else self.name(system)
        names = parts.find("names")
        if names is not None:
            shape = self.value(parts.children[-1])
            return SpaceStatement((), self._names(names), shape, keyword, span, kind)
        ranges = tuple(self._range(child) for child in parts.trees("range"))
        return SpaceStatement(ranges, tuple(item.name for item in ranges), None, keyword, span, kind)

    def _range(self, tree: Tree) -> Range:
        parts = _Parts(tree.children)
        low, high = self.interval(parts.tree("interval"))
        indices = parts.find("indices")
        first, last = (None, None) if indices is None else (self.number(child) for child in indices.children)
        periodic = parts.token("PERIODIC") is not None
        return Range(self.name(tree.children[0]), low, high, periodic, self.span(tree), first, last)

    def _declaration(self, node: Node) -> FieldDeclaration:
        assert isinstance(node, Tree)
        parts = _Parts(node.children)
        region = parts.find("region")
        components = parts.tree("components").children
        single = len(components) == 1 and isinstance(components[0], Terminal)
        return FieldDeclaration(
            components=(self.name(components[0]),) if single else self._names(components[-1]),
            arguments=self._names(parts.tree("names")),
            span=self.span(node),
            vector=self.name(components[0]) if len(components) > 1 else None,
            complex=parts.token("COMPLEX") is not None,
            region=None if region is None else self.name(region.children[0]),
        )

    def _unknown(self, parts: _Parts, keyword: Span, span: Span) -> UnknownStatement:
        names, interval, unit = parts.find("names"), parts.find("interval"), parts.token("UNIT")
        equal = parts.token("EQUAL")
        return UnknownStatement(
            name=self.name(parts.children[0]),
            arguments=() if names is None else self._names(names),
            value=None if equal is None else self.value(parts.children[parts.children.index(equal) + 1]),
            interval=None if interval is None else self.interval(interval),
            keyword=keyword,
            span=span,
            unit=None if unit is None else unit_text(unit),
        )

    def _data(self, parts: _Parts, name: Name, keyword: Span, span: Span) -> DataStatement:
        names, relation, options = parts.find("names"), parts.find("relation"), parts.find("options")
        file = parts.token("TEXT")
        assert file is not None
        return DataStatement(
            name=name,
            observed=() if names is None else self._names(names),
            relation=None if relation is None else self._relation(relation),
            file=self.text(file),
            options=() if options is None else tuple(self.option(child, "data") for child in options.children),
            keyword=keyword,
            span=span,
        )

    def _table(self, parts: _Parts, keyword: Span, span: Span) -> TableStatement:
        file, options = parts.token("TEXT"), parts.find("options")
        assert file is not None
        return TableStatement(
            name=self.name(parts.children[0]),
            arguments=self._names(parts.tree("names")),
            file=self.text(file),
            options=() if options is None else tuple(self.option(child, "table") for child in options.children),
            keyword=keyword,
            span=span,
        )

    def _names(self, node: Node) -> tuple[Name, ...]:
        assert isinstance(node, Tree)
        return tuple(self.name(child) for child in node.children)

    def _relations(self, node: Node) -> tuple[Relation, ...]:
        assert isinstance(node, Tree)
        return tuple(self._relation(child) for child in node.children)

    def _relation(self, node: Node) -> Relation:
        assert isinstance(node, Tree)
        left, operator, right = node.children
        return Relation(self.value(left), self.value(right), self.span(node), str(operator))

    def _where(self, parts: _Parts) -> Expression | None:
        where = parts.find("where")
        return None if where is None else self.condition(where.children[0])

    def _at(self, parts: _Parts) -> tuple[Expression, ...] | None:
        at = parts.find("at")
        if at is None:
            return None
        point = self.value(at.children[0])
        return point.items if isinstance(point, Vector) else (point,)

    def _method(self, tree: Tree, keyword: Span, span: Span) -> MethodStatement:
        family = self.name(tree.children[0])
        targets: tuple[Name, ...] = ()
        calls: list[Call | Name | Number] = []
        for child in tree.children[1:]:
            if isinstance(child, Terminal):
                calls.append(self.number(child) if child.kind == "NUMBER" else self.name(child))
            elif child.rule == "targets":
                targets = self._names(child)
            else:
                calls.append(self.call(child))
        return MethodStatement(family, targets, tuple(calls), keyword, span)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The children of a tree, to be found by rule or by terminal."""

    children: list[Node]

    def trees(self, rule: str) -> list[Tree]:
        """All subtrees of a rule."""
        return [child for child in self.children if isinstance(child, Tree) and child.rule == rule]

    def find(self, rule: str) -> Tree | None:
        """The first subtree of a rule."""
        return next(iter(self.trees(rule)), None)

    def tree(self, rule: str) -> Tree:
        """The first subtree of a rule that is always there."""
        return self.trees(rule)[0]

    def token(self, terminal: str) -> Terminal | None:
        """The first token of a terminal."""
        return next((child for child in self.children if isinstance(child, Terminal) and child.kind == terminal), None)
