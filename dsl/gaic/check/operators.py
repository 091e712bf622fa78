"""What an operator makes of the types of its operands, and what to say where they do not go together."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from gaic.check.core import Arithmetic, Compare, Literal, Negate, Word
from gaic.check.measures import MAX_EXPONENT
from gaic.check.types import EMPTINESS, POISON, TRUTH, Emptiness, Form, LinkTo, Measure, ObjectOf, Poison, Words
from gaic.source.diagnostic import Label
from gaic.units.dimension import NUMBER

if TYPE_CHECKING:
    from gaic.check.core import Core
    from gaic.check.findings import Findings
    from gaic.check.measures import Measures
    from gaic.check.types import Type
    from gaic.source.text import Span
    from gaic.units.dimension import Dimension

PLAIN = Measure(Form.SCALAR, NUMBER)


def poisoned(span: Span) -> Core:
    """Stands for an expression that was reported already."""
    return Word("", POISON, span)


def is_poison(*cores: Core) -> bool:
    """Say whether one of the expressions was reported already."""
    return any(isinstance(c.type, Poison) for c in cores)


class Operators:
    """Types of operators: forms, dimensions and tags (the table of `kinds.md`, section 4)."""

    def __init__(self, measures: Measures, findings: Findings) -> None:
        self.measures = measures
        self.findings = findings

    # ------------------------------------------------------------ findings

    def say(
        self, code: str, message: str, span: Span, left: Core, right: Core, *notes: str, fix: str | None = None
    ) -> Core:
        """Report two operands that do not go together, each underlined with its type."""
        describe = self.measures.describe
        labels = (Label(left.span, describe(left.type)), Label(right.span, describe(right.type)))
        facts = tuple(note for note in notes if note)
        self.findings.error(code, message, span, labels=labels, notes=facts, fix=fix)
        return poisoned(span)

    def want_number(self, core: Core) -> Measure | None:
        """The type of a number, or a finding."""
        if isinstance(core.type, Measure) and not core.type.is_week:
            return core.type
        if isinstance(core.type, Measure):
            self.findings.error(
                "GAI203",
                f"a number is wanted here, this is {self.measures.describe(core.type)}",
                core.span,
                fix="`expand(week, series, zone)` lays a week over the hours of a series",
            )
        elif not is_poison(core):
            message = f"a number is wanted here, this is {self.measures.describe(core.type)}"
            is_thing = isinstance(core.type, ObjectOf | LinkTo)
            fix = f"read one of its attributes: `{core.span.text}.attribute`" if is_thing else None
            self.findings.error("GAI203", message, core.span, fix=fix)
        return None

    # ------------------------------------------------------------ sums

    def add(self, operator: str, left: Core, right: Core, span: Span) -> Core:
        """`left + right` or `left - right`."""
        if is_poison(left, right):
            return poisoned(span)
        if isinstance(left.type, Emptiness) or isinstance(right.type, Emptiness):
            return self._add_empty(operator, left, right, span)
        first, second = self.want_number(left), self.want_number(right)
        if first is None or second is None:
            return poisoned(span)
        if not self.same_dimension(operator, left, right, span):
            return poisoned(span)
        form = self._sum_form(operator, left, right, span)
        if form is None or not self.same_tag(operator, left, right, span):
            return poisoned(span)
        return Arithmetic(operator, left, right, Measure(form, first.dimension, first.tag or second.tag), span)

    def _add_empty(self, operator: str, left: Core, right: Core, span: Span) -> Core:
        other = right.type if isinstance(left.type, Emptiness) else left.type
        if isinstance(other, Emptiness) or (isinstance(other, Measure) and other.is_series):
            return Arithmetic(operator, left, right, other, span)
        return self.say("GAI211", "`nothing` is an empty series: it adds to series only", span, left, right)

    def _sum_form(self, operator: str, left: Core, right: Core, span: Span) -> Form | None:
        first, second = left.type, right.type
        if not isinstance(first, Measure) or not isinstance(second, Measure):
            return None
        forms = {first.form, second.form}
        if len(forms) == 1:
            return first.form
        if forms == {Form.LEVEL, Form.SCALAR}:
            return Form.LEVEL
        word = {"+": "added", "-": "subtracted"}.get(operator, "compared")
        if forms == {Form.AMOUNT, Form.LEVEL}:
            self.say(
                "GAI210",
                f"an amount and a level cannot be {word}",
                span,
                left,
                right,
                "an amount says how much falls into each hour, a level how much is there during the hour",
                fix="`integrate(level)` makes an amount of level x time, `rate(amount)` a level",
            )
        else:
            self.say(
                "GAI212",
                f"an amount and a single number cannot be {word}",
                span,
                left,
                right,
                "an amount has one value for each hour; the number would count again in every hour",
                fix="`total(amount)` makes one number of an amount",
            )
        return None

    def same_dimension(self, operator: str, left: Core, right: Core, span: Span) -> bool:
        """Check that two numbers have one dimension; say which factor is missing."""
        first, second = left.type, right.type
        if not isinstance(first, Measure) or not isinstance(second, Measure):
            return False
        if first.dimension == second.dimension:
            return True
        system = self.measures.system
        one, two = system.describe(first.dimension), system.describe(second.dimension)
        if first.dimension.is_number or second.dimension.is_number:
            one, two = self._noun(first), self._noun(second)
        verb = {"+": "add", "-": "subtract"}.get(operator, "compare")
        note = system.hint_difference(first.dimension, second.dimension)
        plain = [noun for noun, each in ((one, first), (two, second)) if each.dimension.is_number]
        notes = (f"{plain[0]} has no dimension", note) if plain else (note,)
        fix = self._offer_rate(first, second)
        self.say("GAI201", f"cannot {verb} {one} and {two}", span, left, right, *notes, fix=fix)
        return False

    def _offer_rate(self, left: Measure, right: Measure) -> str | None:
        """Between two base dimensions, or one and a count, only a rate is missing, such as one between currencies."""
        if not all(_is_base(each.dimension) or each.tag is not None for each in (left, right)):
            return None
        units = "/".join(self.measures.usual_unit(each).text for each in (left, right))
        return f"to turn one into the other, multiply by a value in `{units}`, with its source"

    def _noun(self, measure: Measure) -> str:
        """The dimension of a number as a message names it; a count by what it counts."""
        if measure.dimension.is_number:
            return f"a count of `{measure.tag}`" if measure.tag else "a plain number"
        noun = self.measures.system.describe(measure.dimension)
        return f"{noun} of `{measure.tag}`" if measure.tag else noun

    def same_tag(self, operator: str, left: Core, right: Core, span: Span) -> bool:
        """Check that two counts (or data) have one tag, or one of them none."""
        first, second = left.type, right.type
        if not isinstance(first, Measure) or not isinstance(second, Measure):
            return False
        if first.tag is None or second.tag is None or first.tag == second.tag:
            return True
        verb = {"+": "add", "-": "subtract"}.get(operator, "compare")
        self.say(
            "GAI205",
            f"cannot {verb} {self._noun(first)} and {self._noun(second)}",
            span,
            left,
            right,
            fix="if that is meant, say it: `x as Type` gives a number another tag",
        )
        return False

    # ------------------------------------------------------------ products

    def multiply(self, left: Core, right: Core, span: Span) -> Core:
        """`left * right`."""
        if is_poison(left, right):
            return poisoned(span)
        if EMPTINESS in (left.type, right.type):
            return Arithmetic("*", left, right, EMPTINESS, span)
        first, second = self._want_factor(left, right), self._want_factor(right, left)
        if first is None or second is None:
            return poisoned(span)
        if first.form is Form.AMOUNT and second.form is Form.AMOUNT:
            return self.say(
                "GAI213",
                "an amount times an amount has no meaning",
                span,
                left,
                right,
                fix="`rate(amount)` makes a level",
            )
        if self._is_beyond(first.dimension * second.dimension, span):
            return poisoned(span)
        form = first.form if second.form is Form.SCALAR else second.form
        if first.is_series and second.is_series:
            form = Form.AMOUNT if Form.AMOUNT in (first.form, second.form) else Form.LEVEL
        return Arithmetic(
            "*", left, right, Measure(form, first.dimension * second.dimension, _product_tag(first, second)), span
        )

    def divide(self, left: Core, right: Core, span: Span) -> Core:
        """`left / right`."""
        if is_poison(left, right):
            return poisoned(span)
        if isinstance(left.type, Emptiness):
            return Arithmetic("/", left, right, EMPTINESS, span)
        first, second = self._want_factor(left, right), self.want_number(right)
        if first is None or second is None:
            return poisoned(span)
        form = _quotient_form(first.form, second.form)
        if form is None:
            what = "a level" if first.form is Form.LEVEL else "a single number"
            return self.say("GAI213", f"{what} divided by an amount has no meaning", span, left, right)
        if self._is_beyond(first.dimension / second.dimension, span):
            return poisoned(span)
        tag = first.tag if _is_untagged_number(second) else None
        return Arithmetic("/", left, right, Measure(form, first.dimension / second.dimension, tag), span)

    def _want_factor(self, core: Core, other: Core) -> Measure | None:
        """The type of a number, or of a week where the other operand is one number."""
        if isinstance(core.type, Measure) and core.type.is_week and isinstance(other.type, Measure):
            return core.type if other.type.form is Form.SCALAR else self.want_number(core)
        return self.want_number(core)

    def _is_beyond(self, dimension: Dimension, span: Span) -> bool:
        """Report a dimension whose exponents are beyond the limit."""
        if not self.measures.is_beyond(dimension):
            return False
        self.findings.error("GAI502", f"a dimension with an exponent beyond {MAX_EXPONENT}", span)
        return True

    def raise_to(self, left: Core, right: Core, span: Span) -> Core:
        """`left ^ right`."""
        if is_poison(left, right):
            return poisoned(span)
        base, exponent = self.want_number(left), self.want_number(right)
        if base is None or exponent is None:
            return poisoned(span)
        if exponent.form is not Form.SCALAR or not exponent.dimension.is_number:
            return self.say("GAI204", "an exponent is a plain number", span, left, right)
        if base.dimension.is_number and base.tag is None and not base.is_series:
            return Arithmetic("^", left, right, base, span)
        whole = _whole_number(right)
        if whole is None or base.form is Form.AMOUNT:
            return self.say(
                "GAI204", "a series, or a number with a unit, takes a whole number as exponent", span, left, right
            )
        if abs(whole) > MAX_EXPONENT:  # said by the parser
            return poisoned(span)
        if self._is_beyond(base.dimension ** Fraction(whole), span):
            return poisoned(span)
        return Arithmetic("^", left, right, Measure(base.form, base.dimension ** Fraction(whole)), span)

    def negate(self, operand: Core, span: Span) -> Core:
        """`-operand`."""
        if isinstance(operand.type, Emptiness):
            return operand
        if self.want_number(operand) is None:
            return poisoned(span)
        return Negate(operand, operand.type, span)

    # ------------------------------------------------------------ comparison and choice

    def compare(self, operator: str, left: Core, right: Core, span: Span) -> Core:
        """A comparison of numbers, texts or objects."""
        if is_poison(left, right):
            return poisoned(span)
        if isinstance(left.type, Measure) and isinstance(right.type, Measure):
            return self._compare_numbers(operator, left, right, span)
        if operator in {"==", "!="} and _are_alike(left.type, right.type):
            return Compare(operator, left, right, TRUTH, span)
        fix = None
        if isinstance(left.type, Words) and isinstance(right.type, Words):
            is_choice = bool(left.type.words or right.type.words)
            fix = "the words of a choice stand without quotes" if is_choice else "texts and dates are equal or not"
        return self.say("GAI206", "these two cannot be compared", span, left, right, fix=fix)

    def _compare_numbers(self, operator: str, left: Core, right: Core, span: Span) -> Core:
        if (isinstance(left.type, Measure) and left.type.is_series) or (
            isinstance(right.type, Measure) and right.type.is_series
        ):
            return self.say(
                "GAI214",
                "a series has many values and cannot be compared",
                span,
                left,
                right,
                fix="compare `peak(series)`, `mean(level)` or `total(amount)`",
            )
        if self.want_number(left) is None or self.want_number(right) is None:
            return poisoned(span)
        if not self.same_dimension(operator, left, right, span) or not self.same_tag(operator, left, right, span):
            return poisoned(span)
        return Compare(operator, left, right, TRUTH, span)

    def unify(self, left: Core, right: Core, span: Span, what: str) -> Type:
        """The type that two alternatives have in common, or a finding."""
        first, second = left.type, right.type
        if is_poison(left, right):
            return POISON
        if isinstance(first, Emptiness) or isinstance(second, Emptiness):
            other = second if isinstance(first, Emptiness) else first
            if isinstance(other, Emptiness) or (isinstance(other, Measure) and other.is_series):
                return other
        elif isinstance(first, Measure) and isinstance(second, Measure):
            return self._unify_numbers(first, second, left, right, span, what)
        elif first == second:
            return first
        self.say("GAI207", f"{what} have different types", span, left, right)
        return POISON

    def _unify_numbers(self, first: Measure, second: Measure, left: Core, right: Core, span: Span, what: str) -> Type:
        if first.dimension != second.dimension:
            difference = self.measures.system.hint_difference(first.dimension, second.dimension)
            self.say("GAI201", f"{what} have different dimensions", span, left, right, difference)
        elif first.form is not second.form:
            self.say("GAI210", f"{what} are not of one nature", span, left, right)
        elif first.tag and second.tag and first.tag != second.tag:
            self.say("GAI205", f"{what} are counts of different things", span, left, right)
        else:
            return Measure(first.form, first.dimension, first.tag or second.tag)
        return POISON


def _is_untagged_number(measure: Measure) -> bool:
    return measure.dimension.is_number and measure.tag is None


def _product_tag(first: Measure, second: Measure) -> str | None:
    if _is_untagged_number(second):
        return first.tag
    if _is_untagged_number(first):
        return second.tag
    return None


def _quotient_form(first: Form, second: Form) -> Form | None:
    if second is Form.SCALAR:
        return first
    if first is second:
        return Form.LEVEL
    if second is Form.LEVEL:
        return Form.AMOUNT if first is Form.AMOUNT else Form.LEVEL
    return None


def _whole_number(core: Core) -> int | None:
    match core:
        case Literal(value=value) if value == int(value):
            return int(value)
        case Negate(Literal(value=value)) if value == int(value):
            return -int(value)
        case _:
            return None


def _are_alike(first: Type, second: Type) -> bool:
    things = (ObjectOf, LinkTo)
    if isinstance(first, things) and isinstance(second, things):
        return True
    if isinstance(first, Words) and isinstance(second, Words):
        return first.words == second.words
    return first == second == TRUTH


def _is_base(dimension: Dimension) -> bool:
    return len(dimension.powers) == 1 and dimension.powers[0][1] == 1
