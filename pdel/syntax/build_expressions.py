"""From the parse tree of an expression to the AST: explicit, one case for each rule of the grammar.

In: the parse tree. Out: expressions and selectors with spans, and diagnostics for what the grammar lets through
although it cannot mean anything (a comparison inside arithmetic, a text in a formula).
"""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, Edit, error
from pdel.source import Span
from pdel.syntax.ast import (
    Argument,
    Call,
    Comparison,
    Component,
    Conjunct,
    Expression,
    Factor,
    InInterval,
    Logical,
    Name,
    Negate,
    Not,
    Number,
    OnRegion,
    Power,
    Product,
    Selector,
    Side,
    SignedTerm,
    Sum,
    Text,
    Vector,
)
from pdel.syntax.tree import Node, Terminal, Tree


class ExpressionBuilder:
    """Builds expressions of one source; collects diagnostics on the way."""

    def __init__(self, origin: int) -> None:
        self.origin = origin
        self.diagnostics: list[Diagnostic] = []

    def span(self, node: Node) -> Span:
        """The place of a tree or a token."""
        return Span(node.start, node.end, self.origin)

    def name(self, token: Node) -> Name:
        """A name, or a word that stands for one (`boundary`, `if`, a coordinate system)."""
        return Name(str(token), self.span(token))

    def number(self, token: Node) -> Number:
        """A number without a unit."""
        return Number(str(token), self.span(token))

    def text(self, token: Node) -> Text:
        """A quoted text without its quotes."""
        return Text(str(token)[1:-1], self.span(token))

    def value(self, node: Node) -> Expression:
        """An expression with a value: no comparison, no text."""
        built = self.condition(node)
        match built:
            case Comparison() | Logical() | Not():
                self.diagnostics.append(
                    error(
                        "E124",
                        "a comparison stands where a value is needed",
                        built.span,
                        "this is true or false, not a number",
                        help="Comparisons belong after `where` and into `if(condition, value, otherwise)`.",
                    )
                )
            case Text():
                self.diagnostics.append(
                    error(
                        "E125",
                        "a quoted text stands in a formula",
                        built.span,
                        "this is a text, not a number",
                        help="Remove the quotes if this is the name of a field, a coordinate or a constant.",
                    )
                )
        return built

    def condition(self, node: Node) -> Expression:
        """Any expression: a value, a comparison, a combination of conditions, or a text."""
        if isinstance(node, Terminal):
            return self._token(node)
        span = self.span(node)
        children = node.children
        match node.rule:
            case "group":
                return self.condition(children[0])
            case "condition":
                return Logical("or", tuple([self.condition(child) for child in children]), span)
            case "conjunction":
                return Logical("and", tuple([self.condition(child) for child in children]), span)
            case "not":
                return Not(self.condition(children[0]), span)
            case "comparison":
                operands = tuple([self.value(child) for child in children[::2]])
                return Comparison(operands, tuple(str(child) for child in children[1::2]), span)
            case "expression":
                self._check_mixing(children)
                return Conjunct(tuple([self.value(child) for child in children]), span)
            case "sum":
                return Sum(tuple([self._term(children, index) for index in range(0, len(children), 2)]), span)
            case "negate":
                return Negate(self.value(children[1]), span)
            case "product":
                return Product(tuple([self._factor(children, index) for index in range(0, len(children), 2)]), span)
            case "power":
                return Power(self.value(children[0]), self.value(children[2]), span)
            case "component":
                return Component(self.value(children[0]), tuple([self.value(child) for child in children[1:]]), span)
            case "quantity_with_unit":
                return Number(str(children[0]), span, unit_text(children[1]))
            case "tuple":
                return Vector(tuple([self.value(child) for child in children]), span)
            case "call":
                return self.call(node)
            case rule:
                raise AssertionError(f"no case for the rule {rule}")

    def call(self, node: Node) -> Call:
        """A call with its arguments and its binder."""
        assert isinstance(node, Tree)
        function = self.name(node.children[0])
        arguments: list[Argument] = []
        binder: OnRegion | InInterval | None = None
        for child in node.children[1:]:
            rule = child.rule if isinstance(child, Tree) else ""
            if rule not in ("on", "binder"):
                arguments.append(self._argument(child, function.text))
            elif binder is not None:
                self._misplaced(binder.span)
                binder = self._binder(child)
            else:
                binder = self._binder(child)
        last = node.children[-1]
        if binder is not None and binder.span != self.span(last):
            self._misplaced(binder.span)
        return Call(function, tuple(arguments), self.span(node), binder)

    def option(self, node: Node, of: str) -> Argument:
        """`NAME = VALUE` of the options of a statement."""
        return self._argument(node, of)

    def selector(self, node: Node) -> Selector:
        """What stands after `on`."""
        assert isinstance(node, Tree)
        included: list[Side | Name] = []
        excluded: list[Side | Name] = []
        for child in node.children:
            assert isinstance(child, Tree)
            if child.rule == "excluded":
                excluded = [self._selected(item) for item in child.children]
            else:
                included.append(self._selected(child))
        return Selector(tuple(included), tuple(excluded), self.span(node))

    def interval(self, node: Node) -> tuple[Expression, Expression]:
        """The bounds of `[low, high]`."""
        assert isinstance(node, Tree)
        return self.value(node.children[0]), self.value(node.children[1])

    def _token(self, token: Terminal) -> Expression:
        match token.kind:
            case "NUMBER":
                return self.number(token)
            case "TEXT":
                return self.text(token)
            case _:
                return self.name(token)

    def _term(self, children: list[Node], index: int) -> SignedTerm:
        node = children[index]
        span = self.span(node)
        if index > 0:
            sign = children[index - 1]
            return SignedTerm(str(sign) == "-", self.value(node), self.span(sign).to(span))
        if isinstance(node, Tree) and node.rule == "negate":
            return SignedTerm(True, self.value(node.children[1]), span)
        return SignedTerm(False, self.value(node), span)

    def _factor(self, children: list[Node], index: int) -> Factor:
        divides = index > 0 and str(children[index - 1]) == "/"
        return Factor(divides, self.value(children[index]))

    def _argument(self, node: Node, function: str) -> Argument:
        """An argument. `NAME = VALUE` is an option, except in `if`, where it is a comparison."""
        span = self.span(node)
        is_pair = isinstance(node, Tree) and node.rule == "comparison" and len(node.children) == 3
        if not is_pair or function == "if":
            return Argument(self.condition(node), span)
        assert isinstance(node, Tree)
        left, operator, right = node.children
        if str(operator) != "=":
            return Argument(self.condition(node), span)
        if isinstance(left, Terminal) and left.kind == "NAME":
            return Argument(self.condition(right), span, self.name(left))
        self.diagnostics.append(
            error(
                "E127",
                f"an option of `{function}` has no name before `=`",
                self.span(left),
                "this is not a name",
                help="Between the brackets of a call `=` gives an option its value: `NAME = VALUE`.",
            )
        )
        return Argument(self.condition(node), span)

    def _binder(self, node: Node) -> OnRegion | InInterval:
        assert isinstance(node, Tree)
        span = self.span(node)
        if node.rule == "on":
            return OnRegion(self.selector(node.children[0]), span)
        low, high = self.interval(node.children[1])
        return InInterval(self.name(node.children[0]), low, high, span)

    def _misplaced(self, span: Span) -> None:
        self.diagnostics.append(
            error(
                "E128",
                "a range stands before the end of a call",
                span,
                "one range, after the arguments",
                help="A call has at most one range, and it stands last: `integral(u, x in [0, 1])`. Nest two calls "
                "for two ranges.",
            )
        )

    def _selected(self, node: Node) -> Side | Name:
        assert isinstance(node, Tree)
        if node.rule == "side":
            name, _, value = node.children
            return Side(self.name(name), self.value(value), self.span(node))
        return self.name(node.children[0])

    def _check_mixing(self, children: list[Node]) -> None:
        for child in children:
            if isinstance(child, Tree) and child.rule in ("sum", "negate"):
                span = self.span(child)
                self.diagnostics.append(
                    error(
                        "E126",
                        "`&` stands beside `+` or `-` without parentheses",
                        span,
                        "which comes first?",
                        help="Put parentheses around the part that is to be taken first.",
                        edits=(
                            Edit(Span(span.start, span.start, span.origin), "("),
                            Edit(Span(span.end, span.end, span.origin), ")"),
                        ),
                    )
                )


def unit_text(token: Node) -> str:
    """The unit between the brackets of a terminal `UNIT`."""
    return str(token)[1:-1].strip()
