"""Gives every expression a type."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.findings import did_you_mean
from gaic.check.fitting import Fitting
from gaic.check.gathering import Gathering
from gaic.check.known import assumed, may_be_unset, refuted
from gaic.check.operators import PLAIN, is_poison, poisoned
from gaic.check.over_time import SERIES_OF_WEEK
from gaic.check.types import EMPTINESS, TRUTH, Form, Measure, Truth, Words
from gaic.check.weekly import WeeklyReader
from gaic.source.diagnostic import Label
from gaic.source.suggest import suggest
from gaic.syntax import expressions as s
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from gaic.check.context import Context
    from gaic.check.names import Desk
    from gaic.source.text import Span


class Inference(Gathering):
    """Types of expressions of one program."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.fitting = Fitting(desk.measures, desk.findings)
        self.weeks = WeeklyReader(self.operators, desk.symbols.bundle.files, self.value)

    # ------------------------------------------------------------ entry points

    def value(self, expression: s.Expression, context: Context) -> c.Core:
        """An expression whose value must be there."""
        core = self.infer(expression, context)
        if may_be_unset(core):
            text = core.span.text
            self.findings.error(
                "GAI208",
                f"`{text}` may be unset",
                core.span,
                fix=f"write `{text} ?? other`, or `if given({text}) then ... else ...`",
            )
            return poisoned(core.span)
        return core

    def infer(self, expression: s.Expression, context: Context) -> c.Core:  # noqa: C901 - one case per node
        """An expression with its type; a `Read` or `Follow` in it may be optional."""
        span = expression.span
        match expression:
            case s.Number(value) if isnan(value):  # said by the parser
                return poisoned(span)
            case s.Number(value, text):
                return c.Literal(value, PLAIN, text, span)
            case s.Quantity():
                return self._quantity(expression, context)
            case s.Text(text):
                return c.Word(text, Words("text"), span)
            case s.Date(text):
                return c.Word(text, Words("date"), span)
            case s.Truth(value):
                return c.TruthLiteral(value, TRUTH, span)
            case s.Nothing():
                return c.Hours(None, EMPTINESS, "nothing", span)
            case s.Reference(name):
                return self._name(s.Name(name, span), context)
            case s.Member():
                return self._member(expression, context)
            case s.Index():
                return self._index(expression, context)
            case s.Call():
                return self._call(expression, context)
            case s.Aggregate():
                return self._aggregate(expression, context)
            case s.Unary(operator, operand):
                return self._unary(operator, operand, context, span)
            case s.Binary():
                return self._binary(expression, context)
            case s.Conditional():
                return self._conditional(expression, context)
            case s.Convert(operand, unit):
                return self._convert(operand, unit, context, span)
            case s.Cast(operand, type_name):
                return self._cast(operand, type_name, context, span)
            case s.Spread():
                return self._spread(expression, context)
            case s.Sourced(value):
                return self.infer(value, context)
            case s.Numbers() | s.ListLiteral() if context.form in SERIES_OF_WEEK:
                return self.weeks.listed(expression, context)
            case s.Amend(s.Reference("weekly")):
                return self.weeks.days(expression, context)
            case s.Numbers() | s.ListLiteral() | s.Table() | s.ClockTime() | s.Amend() | s.Every():
                return self._misplaced(expression)

    def _misplaced(self, expression: s.Expression) -> c.Core:
        what = {
            "Numbers": "a list of numbers stands in `hourly([...], start = ...)`",
            "ListLiteral": "a list stands where a reference to several objects is declared, or in `hourly([...])`",
            "Table": "a table stands in a shape or in `weekly { ... }`",
            "ClockTime": "a time of day stands in a shape or in `weekly { ... }`",
            "Amend": "an amended object stands where a reference is declared",
            "Every": "`every kind` stands behind `in`",
        }[type(expression).__name__]
        self.findings.error("GAI215", "this cannot stand in a formula", expression.span, notes=(what,))
        return poisoned(expression.span)

    def truth(self, expression: s.Expression, context: Context) -> c.Core:
        """An expression that must be true or false."""
        core = self.value(expression, context)
        if not isinstance(core.type, Truth) and not is_poison(core):
            self.findings.error(
                "GAI203",
                f"a condition is wanted here, this is {self.measures.describe(core.type)}",
                core.span,
            )
            return poisoned(core.span)
        return core

    # ------------------------------------------------------------ literals

    def _quantity(self, written: s.Quantity, context: Context) -> c.Core:
        unit = self.measures.unit(written.unit, lambda word: self.is_value(word, context))
        if unit is None or isnan(written.value):
            return poisoned(written.span)
        type_ = Measure(Form.SCALAR, unit.dimension, unit.tag)
        return c.Literal(written.value * unit.factor, type_, written.text, written.span)

    def _spread(self, spread: s.Spread, context: Context) -> c.Core:
        low, high = self.value(spread.left, context), self.value(spread.right, context)
        return self.functions.spread(spread.operator, low, high, spread.span)

    # ------------------------------------------------------------ calls

    def _call(self, call: s.Call, context: Context) -> c.Core:
        names = names_of(call.function)
        function = names[0].text if names and len(names) == 1 else None
        if function == "hourly":
            form = SERIES_OF_WEEK.get(context.form, context.form)
            return self.declarations.hourly(call, replace(context, form=form))
        if function == "weekly":
            return self.weeks.call(call, context)
        if function == "given" and len(call.arguments) == 1:
            operand = self.infer(call.arguments[0].value, context)
            return poisoned(call.span) if is_poison(operand) else c.Given(operand, TRUTH, call.span)
        if function is None:
            self.findings.error("GAI221", "this is no function", call.function.span)
            return poisoned(call.span)
        if function == "mean" and any(a.name for a in call.arguments):
            self.findings.error("GAI090", "a weighted mean is not supported yet", call.span)
            return poisoned(call.span)
        for argument in call.arguments:
            if argument.name is not None:
                self.findings.error(
                    "GAI222", f"`{function}` has no argument `{argument.name.text}`", argument.name.span
                )
                return poisoned(call.span)
        arguments = tuple(self.value(a.value, context) for a in call.arguments)
        return self.functions.apply(function, arguments, call.function.span, call.span)

    # ------------------------------------------------------------ operators

    def _unary(self, operator: str, operand: s.Expression, context: Context, span: Span) -> c.Core:
        if operator == "not":
            inner = self.truth(operand, context)
            return inner if is_poison(inner) else c.Negate(inner, TRUTH, span)
        core = self.value(operand, context)
        return core if is_poison(core) else self.operators.negate(core, span)

    def _binary(self, binary: s.Binary, context: Context) -> c.Core:
        operator, span = binary.operator, binary.span
        match operator:
            case "and" | "or":
                return self._logic(binary, context)
            case "in":
                return self._belongs(binary, context)
            case "??":
                return self._otherwise(binary, context)
            case "==" | "!=":
                return self._equality(binary, context)
            case "|" | "..":
                self.findings.error("GAI215", f"`{operator}` cannot stand in a formula", span)
                return poisoned(span)
            case _:
                left, right = self.value(binary.left, context), self.value(binary.right, context)
        match operator:
            case "+" | "-":
                return self.operators.add(operator, left, right, span)
            case "*":
                return self.operators.multiply(left, right, span)
            case "/":
                return self.operators.divide(left, right, span)
            case "^":
                return self.operators.raise_to(left, right, span)
            case _:
                return self.operators.compare(operator, left, right, span)

    def _logic(self, binary: s.Binary, context: Context) -> c.Core:
        left = self.truth(binary.left, context)
        known = assumed(left) if binary.operator == "and" else refuted(left)
        right = self.truth(binary.right, context.assume(known))
        if is_poison(left, right):
            return poisoned(binary.span)
        return c.Logic(binary.operator, left, right, TRUTH, binary.span)

    def _otherwise(self, binary: s.Binary, context: Context) -> c.Core:
        left = self.infer(binary.left, context)
        right = self.infer(binary.right, context)
        if is_poison(left, right):
            return poisoned(binary.span)
        if not (may_be_unset(left) or (isinstance(left, c.Gather) and left.function in {"min", "max"})):
            self.findings.error(
                "GAI223",
                "this is always set, `??` has nothing to do",
                left.span,
                labels=(Label(right.span, "never used"),),
            )
            return poisoned(binary.span)
        type_ = self.operators.unify(left, right, binary.span, "the sides of `??`")
        return c.Otherwise(left, right, type_, binary.span)

    def _conditional(self, conditional: s.Conditional, context: Context) -> c.Core:
        condition = self.truth(conditional.condition, context)
        first = self.value(conditional.first, context.assume(assumed(condition)))
        second = self.value(conditional.second, context.assume(refuted(condition)))
        if is_poison(condition, first, second):
            return poisoned(conditional.span)
        type_ = self.operators.unify(first, second, conditional.span, "the branches of `if`")
        return c.Choose(condition, first, second, type_, conditional.span)

    def _equality(self, binary: s.Binary, context: Context) -> c.Core:
        """`==` and `!=`: numbers, texts, objects, or a choice with one of its words."""
        left, right, span = binary.left, binary.right, binary.span
        if isinstance(left, s.Reference) and self._choice_of(right, context) is not None:
            left, right = right, left  # the word may stand first
        first = self.value(left, context)
        choice = first.type if isinstance(first.type, Words) and first.type.words else None
        if choice is None or not isinstance(right, s.Reference):
            return self.operators.compare(binary.operator, first, self.value(right, context), span)
        if right.name in choice.words:
            word = c.Word(right.name, choice, right.span)
            return c.Compare(binary.operator, first, word, TRUTH, span)
        if context.kind and self.kinds.lookup(context.kind, right.name):
            return self.operators.compare(binary.operator, first, self.value(right, context), span)
        self.report_word(s.Name(right.name, right.span), choice)
        return poisoned(span)

    def _choice_of(self, expression: s.Expression, context: Context) -> Words | None:
        """The choice that a plain path leads to; asked without leaving a finding."""
        if names_of(expression) is None:
            return None
        before, mentioned = len(self.findings.items), len(self.mentioned)
        core = self.infer(expression, context)
        del self.findings.items[before:]
        del self.mentioned[mentioned:]
        return core.type if isinstance(core.type, Words) and core.type.words else None

    def report_word(self, name: s.Name, choice: Words) -> None:
        """Say that a word is none of a choice."""
        near = suggest(name.text, choice.words)
        self.findings.error(
            "GAI119",
            f"`{name.text}` is none of {', '.join(f'`{w}`' for w in choice.words)}",
            name.span,
            fix=did_you_mean(near, name.span),
        )

    def _convert(self, operand: s.Expression, unit: s.Name, context: Context, span: Span) -> c.Core:
        core, known = self.value(operand, context), self.measures.unit(unit)
        if known is None or is_poison(core):
            return poisoned(span)
        measure = self.operators.want_number(core)
        if measure is None:
            return poisoned(span)
        if measure.dimension != known.dimension:
            system = self.measures.system
            self.findings.error(
                "GAI201",
                f"cannot show {system.describe(measure.dimension)} in `{unit.text}`",
                unit.span,
                label=system.describe(known.dimension),
                labels=(Label(core.span, self.measures.describe(measure)),),
                notes=tuple(filter(None, (system.hint_difference(measure.dimension, known.dimension),))),
            )
            return poisoned(span)
        return c.Adopt(core, measure, span, known)

    def _cast(self, operand: s.Expression, type_name: s.Name, context: Context, span: Span) -> c.Core:
        self.symbols.check_type_path(context.module, type_name)
        core, known = self.value(operand, context), self.measures.quantity_type(type_name)
        if known is None or is_poison(core):
            return poisoned(span)
        if core.type == EMPTINESS:
            return core
        measure = self.operators.want_number(core)
        if measure is None:
            return poisoned(span)
        if measure.dimension != known.dimension:
            describe = self.measures.system.describe
            self.findings.error(
                "GAI201",
                f"`as` changes the tag, not the dimension: this is {describe(measure.dimension)}",
                core.span,
                labels=(Label(type_name.span, describe(known.dimension)),),
            )
            return poisoned(span)
        return c.Adopt(core, Measure(measure.form, measure.dimension, known.tag), span)
