"""The built-in functions in words, for those who look them up: how each is written and what it gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function of the language: its name, how it is called, what comes of it in one or two sentences."""

    name: str
    call: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Functions about one thing."""

    title: str
    functions: tuple[Builtin, ...]


NUMBERS = Shelf(
    "Numbers",
    (
        Builtin("min", "min(a, b, ...)", "The smallest of several numbers or series, hour by hour."),
        Builtin("max", "max(a, b, ...)", "The largest of several numbers or series, hour by hour."),
        Builtin(
            "ceil",
            "ceil(x), ceil(x, unit)",
            "The next whole number upwards, or the next whole multiple of the unit. What misses a whole number by less "
            "than a billionth is taken as that number.",
        ),
        Builtin("floor", "floor(x), floor(x, unit)", "The next whole number, or multiple of the unit, downwards."),
        Builtin(
            "round",
            "round(x), round(x, unit)",
            "The nearest whole number, or multiple of the unit; a half goes to the even one.",
        ),
        Builtin("abs", "abs(x)", "The number without its sign."),
        Builtin("sqrt", "sqrt(x)", "The square root of a plain number."),
        Builtin("exp", "exp(x)", "e to the power of a plain number."),
        Builtin("log", "log(x)", "The natural logarithm of a plain number."),
        Builtin("log2", "log2(x)", "The logarithm of a plain number to the base 2."),
        Builtin(
            "between",
            "between(low, high)",
            "An uncertain value of which only the limits are known. Its nominal value is the middle.",
        ),
    ),
)

MEMBERS = Shelf(
    "Members and conditions",
    (
        Builtin(
            "sum",
            "sum(x.a for x in members where condition)",
            "The sum over members of a list, a way back, a set or `every kind`; `where` leaves members out. Also "
            "`min`, `max`, `count`, `any` and `all` gather in this way. Over no members a sum is 0.",
        ),
        Builtin("count", "count(x for x in members where condition)", "How many members there are."),
        Builtin("any", "any(condition for x in members)", "Whether the condition holds for at least one member."),
        Builtin("all", "all(condition for x in members)", "Whether the condition holds for every member."),
        Builtin("given", "given(x)", "Whether an optional value or reference is set."),
        Builtin("before", "before(link)", "The links of the same list that stand in front of this one."),
    ),
)

SERIES = Shelf(
    "Series",
    (
        Builtin(
            "hourly",
            'hourly([1, 2], start = 2026-01-01T00:00), hourly("file.csv", ...)',
            "Consecutive hours written as a list or read from a CSV file; a single value is repeated over the period "
            "of the study. `column` picks one of several columns, `unit` says what the numbers of a file are in.",
        ),
        Builtin(
            "weekly",
            'weekly([...]), weekly("file.csv"), weekly(value)',
            "The 168 hours of a week on a local clock, from Monday 00:00; one value stands for all of them.",
        ),
        Builtin("total", "total(amount)", "The sum of all hours of an amount."),
        Builtin("mean", "mean(level)", "The mean over the hours of a level."),
        Builtin("peak", "peak(series)", "The highest hour."),
        Builtin(
            "integrate", "integrate(level)", "The amount that a level makes in each hour: the level times one hour."
        ),
        Builtin("rate", "rate(amount)", "The level that makes this amount: the amount of each hour by the hour."),
        Builtin("flat", "flat(x, series)", "A level that is x in every hour of the series."),
        Builtin("shift", "shift(series, time)", "The series later by a time; a fraction of an hour splits over two."),
        Builtin(
            "rotate",
            "rotate(series, time)",
            "Values moved later by whole hours within the hours of the series: what leaves at one end comes in at the "
            "other.",
        ),
        Builtin(
            "in_parallel",
            "in_parallel(amount, time)",
            "How much is under way when each part of the amount lasts for the time: fully in the hours it fills, with "
            "the fraction in its last one.",
        ),
        Builtin("held", "held(amount, time), held(amount, time, end)", "What came in during the last hours."),
        Builtin(
            "expired",
            "expired(amount, time), expired(amount, time, end)",
            "What leaves a stock because it came in that long ago, each begun hour counted.",
        ),
        Builtin(
            "cumulative",
            "cumulative(amount), cumulative(amount, end)",
            "All that came in so far. This and the two above run to the last hour of the model, or of `end`.",
        ),
        Builtin("at_least", "at_least(a, b)", "1 in the hours in which a is not below b, else 0."),
        Builtin(
            "ratio",
            "ratio(a, b), ratio(a, b, otherwise)",
            "a divided by b hour by hour; `otherwise` (else 0) where both are 0.",
        ),
        Builtin(
            "tier_share",
            "tier_share(part, whole, needed, count)",
            "The share of a part in a fleet of `count` of which `needed` are in use: for each of the fleet that of the "
            "part in the whole over the hours in which it is in use, and of these the mean.",
        ),
    ),
)

CLOCKS = Shelf(
    "Clocks",
    (
        Builtin(
            "to_utc",
            "to_utc(series, zone), to_utc(series, time)",
            "The series moved from the clock of a zone, or from one that is ahead by a time, to UTC.",
        ),
        Builtin(
            "from_wall_clock",
            "from_wall_clock(amount, zone)",
            "An amount with one number for each hour that a clock on the wall shows, moved to UTC hour by hour; "
            "nothing is lost on the days on which the clock is put forward or back.",
        ),
        Builtin(
            "offset_at_start", "offset_at_start(series, zone)", "What the clock of a zone is ahead in the first hour."
        ),
        Builtin(
            "offset_of_clock",
            "offset_of_clock(series, zone)",
            "What the clock of a zone is ahead when it shows the time of the first hour, also of a series in UTC.",
        ),
        Builtin(
            "from_monday",
            "from_monday(series, zone)",
            "The series with 0 before the first Monday 00:00 on the clock of a zone.",
        ),
        Builtin(
            "expand",
            "expand(week, series, zone)",
            "A week on the clock of a zone, repeated over the hours of a series.",
        ),
        Builtin(
            "expand_from_monday",
            "expand_from_monday(week, series, zone)",
            "The same from the first Monday on; what lies before it is 0.",
        ),
    ),
)

SHELVES = (NUMBERS, MEMBERS, SERIES, CLOCKS)
"""All functions, by what they are about."""
