"""Broken variants of the two models: what was changed, and the one message that says so."""

from __future__ import annotations

from dataclasses import dataclass

GENAI = "genai_job.gai"
SUPPORT = "support_assistant.gai"


@dataclass(frozen=True, slots=True)
class Variant:
    """A mistake: in `model`, `new` stands where `old` stood, and one finding with `code` lies on the line of `at`.

    `at` is the changed text itself where it is not given. `says` is a part of the message, its labels or its help.
    """

    name: str
    model: str
    old: str
    new: str
    code: str
    says: str = ""
    at: str = ""

    def apply(self, text: str) -> str:
        """The text of the model with the mistake."""
        assert text.count(self.old) == 1, f"{self.name}: {text.count(self.old)} times in the model: {self.old}"
        return text.replace(self.old, self.new)

    def line(self, text: str) -> int:
        """The line on which the finding is expected, in a text with the mistake."""
        mark = self.at or self.new.split("\n", 1)[0]
        assert mark in text, f"{self.name}: not in the variant: {mark}"
        return text.count("\n", 0, text.index(mark)) + 1


# ---- mistakes that the check finds

CHECKED = (
    Variant(
        "syntax_error",
        GENAI,
        "pue                  = 1.2",
        "pue                  = 1.2 +",
        "GAI002",
        "a value is missing",
    ),
    Variant(
        "unclosed_block", GENAI, "  server = farm\n}", "  server = farm\n", "GAI003", "close it with", "genai_model"
    ),
    Variant("reserved_word", SUPPORT, "input warming :", "input note :", "GAI005", "cannot be a name"),
    Variant("unknown_name", SUPPORT, "= marginal_energy * ", "= marginal_enrgy * ", "GAI102", "`marginal_energy`"),
    Variant("unknown_field", GENAI, "ram_per_gpu ", "ram_per_gpus ", "GAI112", "did you mean `ram_per_gpu`"),
    Variant("unknown_kind", GENAI, "genai_job answer", "genai_jbo answer", "GAI102", "did you mean `genai_job`"),
    Variant("unknown_object", GENAI, "= disk\n", "= disc\n", "GAI102", "did you mean `disk`"),
    Variant("unknown_type", SUPPORT, "Energy/Ticket =", "Enrgy/Ticket =", "GAI120", "did you mean `Energy`"),
    Variant("unknown_import", SUPPORT, "std.grid {", "std.gird {", "GAI101", "did you mean `std.grid`"),
    Variant(
        "unknown_source", SUPPORT, "4_200 visit from helpdesk", "4_200 visit from help_desk", "GAI102", "`helpdesk`"
    ),
    Variant("unknown_name_in_import", SUPPORT, "{ france, india,", "{ france, inda,", "GAI102", "did you mean `india`"),
    Variant("unknown_unit", GENAI, "400 W/gpu", "400 w/gpu", "GAI121", "did you mean"),
    Variant("unknown_function", SUPPORT, "integrate(flat(plant_power,", "integral(flat(plant_power,", "GAI221"),
    Variant("wrong_dimension", GENAI, "= 6 year", "= 6 kg", "GAI201", "declared here: Time"),
    Variant("kwh_for_kw", SUPPORT, "Power = 3 kW ", "Power = 3 kWh ", "GAI201", "did you mean `kW`"),
    Variant("wrong_tag", SUPPORT, "(1_500 visit from", "(1_500 req from", "GAI205", "`request`"),
    Variant(
        "amount_plus_level",
        SUPPORT,
        "integrate(flat(leakage * warming, machines.nb_of_instances))",
        "flat(leakage * warming, machines.nb_of_instances) * 1 h",
        "GAI210",
        "an amount and a level cannot be added",
    ),
    Variant(
        "level_summed",
        SUPPORT,
        "assert below_target: total.period_footprint < 30 tCO2e",
        "assert below_target: total(farm.nb_of_instances) < 30 instance",
        "GAI211",
        "this is a level",
    ),
    Variant(
        "missing_reference", GENAI, "  country  = home\n", "", "GAI301", "add `country = home`", "usage_pattern staff"
    ),
    Variant(
        "set_twice",
        GENAI,
        "open_mistral_7b",
        "open_mistral_7b\n  server = farm",
        "GAI111",
        "set twice",
        "server = farm\n}",
    ),
    Variant(
        "duplicate_name",
        GENAI,
        "network wifi",
        "network wifi {}\nnetwork wifi",
        "GAI111",
        "declared twice",
        'network wifi "wifi"',
    ),
    Variant("wrong_kind", GENAI, "[answer]", "[assistant]", "GAI303", "an `any_job` is wanted"),
    Variant(
        "wrong_parent",
        SUPPORT,
        'server web "Web servers" extends small_instance',
        "server web extends src.bloom_2022",
        "GAI303",
    ),
    Variant("list_wanted", GENAI, "= [laptop]", "= laptop", "GAI315", "write `[laptop]`"),
    Variant("template_used", SUPPORT, "storage        = archive", "storage        = std.hardware.ssd", "GAI317"),
    Variant(
        "calculated_value_set", GENAI, "gpus                 = 4", "power = 3 kW; gpus = 4", "GAI314", "calculated"
    ),
    Variant("outside_the_range", GENAI, "= 100 % from", "= 130 % from", "GAI310", "allowed is 0 % to 100 %"),
    Variant("unknown_zone", GENAI, '"Europe/Paris" from', '"Europe/Pari" from', "GAI320", "did you mean"),
    Variant("unknown_choice", GENAI, "= on_premise", "= on_premises", "GAI119", "did you mean `on_premise`"),
    Variant("gap_in_a_shape", SUPPORT, "07:00..09:00 => 4 %", "07:30..09:00 => 4 %", "GAI327", "07:00..07:30"),
    Variant("file_not_found", GENAI, '"genai_job_starts.csv"', '"genai_job_start.csv"', "GAI103", "did you mean"),
    Variant("outside_the_project", GENAI, '"genai_job_starts.csv"', '"../../starts.csv"', "GAI105"),
    Variant("nesting", GENAI, "= 1000 tok", f"= {'(' * 70}1000 tok{')' * 70}", "GAI501"),
    Variant("exponent", GENAI, "150 kgCO2e/gpu", "150 kgCO2e/gpu^99", "GAI502", "at most 64"),
    Variant("digits", GENAI, "2500 kgCO2e", f"{'9' * 401} kgCO2e", "GAI503", "at most 400"),
    Variant(
        "not_supported_yet",
        SUPPORT,
        "dimension Ticket\n",
        "dimension Ticket\nvary farm.gpus in [2, 4]\n",
        "GAI090",
        at="vary",
    ),
    Variant("naked_number", SUPPORT, "= marginal_energy * ", "= 3 * marginal_energy * ", "GAI601"),
    Variant(
        "hypothesis_without_note",
        SUPPORT,
        '20 W from hypothesis note "a third of full load"',
        "20 W from hypothesis",
        "GAI602",
    ),
    Variant("unused_import", SUPPORT, "from src.bloom_2022 ", "from tender ", "GAI191", at="import std.sources"),
    Variant("implausible", GENAI, "1000 tok", "900_000 tok", "GAI610", "usual is"),
)

# ---- mistakes that only the evaluation finds

EVALUATED = (
    Variant(
        "circle",
        GENAI,
        "  gpu_power            = 400 W/gpu from reference_case\n  gpu_idle_power       = 50 W/gpu from reference_case",
        "  gpu_power            = gpu_idle_power\n  gpu_idle_power       = gpu_power",
        "GAI406",
        "farm.gpu_power -> farm.gpu_idle_power -> farm.gpu_power",
    ),
    Variant(
        "fleet_too_small",
        GENAI,
        "  storage              = disk",
        "  fixed_instances = 0 instance",
        "GAI330",
    ),
    Variant("broken_promise", SUPPORT, "< 60 s", "< 6 s", "GAI340", "= 13.35 s"),
)
