"""References made once for several tests: of the library, and of a project with hostile words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gaic.api.compile import check_model
from gaic.check.survey import survey_bundle
from gaic.load.bundle import load_reference
from gaic.report.reference.site import ReferenceHead, render_reference
from gaic.source.diagnostic import has_errors

if TYPE_CHECKING:
    from gaic.check.survey import Survey

HEAD = ReferenceHead("Standard library", "", "0.1.0", "0.1.0", "ab" * 32)
MARKUP = "</h1></title><script>alert(1)</script><img src=x onerror=alert(2)>"
OBJECT = "https://example.org/a?b=1&c=2"

# A project of several files: kinds of its own, one that hides a kind of the library, a catalogue, hostile words.
PROJECT = {
    "gaic.toml": "",
    "m.gai": f"""## A model {MARKUP} **bold** [a](javascript:alert(3)) ![b](https://example.org/c.png)

import "parts/things.gai" as lib
import "parts/CON.gai"

source paper "A paper {MARKUP}" {{ url = "{OBJECT}" }}
source odd "An odd one" {{ url = "https://example.org/a\\"onclick=alert(4)" }}
dimension Ticket
## A ticket {MARKUP}.
unit ticket : Ticket prefixes k
quantity Tickets : ticket
## Half of it {MARKUP}.
let half : Ratio = 0.5 from odd conf low note "{MARKUP}"
category boiling "Boiling {MARKUP}" {{}}

## Boils water {MARKUP}. And more.
abstract kind kettle "Kettle {MARKUP}" extends emitter {{
  category = boiling
  ## Power {MARKUP}.
  input power : Power = 2 kW from paper conf high note "{MARKUP}" within 0 W .. 10_000 W usual 1 kW .. 3 kW
  input mode  : fast | slow = slow from hypothesis note "usual"
  input name_of_it : text = "{MARKUP}"
  input made : date?
  input sold : Tickets
  let factor : Ratio = 0.25 from odd
  ref next : kettle?
  back prior = kettle.next
  set around = prior | prior.prior
  calc filled : Power =
    sum(k.weight * k.object.power for k in prior where k.mode == fast and k.name_of_it == "{MARKUP}")
  calc named[k in prior] : Power = (k.power -> kW) * (if given(k.made) then factor else 1)
  calc both : Power = filled + own_share * 1 W
  calc req : Request = 1e-3 as Request
  calc use_footprint : amount Carbon = nothing
  calc instances_manufacturing_footprint : amount Carbon = nothing
  assert fine: all(k.power >= 1 W for k in prior) else error "{MARKUP}"
}}
kind whistler extends kettle {{
  calc power     : Power = half * 1 kW
  calc own_share : Ratio = 1
}}
kind server extends whistler {{}}
template whistler shrill "Shrill {MARKUP}" {{ sold = 1 ticket }}
whistler first {{ sold = 2 ticket }}
whistler second extends shrill {{ next = first; name_of_it = "{MARKUP}" }}
""",
    "parts/things.gai": f"""## Things of ours.
source here "Here" {{}}
let factor : Ratio = 3 from here
## No {MARKUP}.
country nowhere "No {MARKUP}" {{
  carbon_intensity = 1 to 3 gCO2e/kWh from here conf low
  timezone = "Europe/Paris" from here
}}
country nearby extends nowhere {{ carbon_intensity = 5 gCO2e/kWh +- 10 % from here }}
""",
    "parts/CON.gai": "kind aux { input Ω : Ratio = 1 }\nkind AUX_2 {}\n".replace("Ω", "omega").replace("AUX_2", "aUX"),
}


@cache
def survey_library() -> Survey:
    return survey_bundle(load_reference(None)[0])


@cache
def library_reference() -> dict[str, str]:
    return dict(render_reference(survey_library(), HEAD))


def write_project(root: Path) -> Path:
    """The project in a folder; its model."""
    for name, text in PROJECT.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    return root / "m.gai"


@cache
def survey_project() -> Survey:
    with TemporaryDirectory() as folder:
        model = write_project(Path(folder))
        assert not has_errors(check_model(model).diagnostics)
        return survey_bundle(load_reference(model)[0])


@cache
def project_reference() -> dict[str, str]:
    head = ReferenceHead("m" + MARKUP, "m.gai", "0.1.0", "0.1.0", "ab" * 32)
    return dict(render_reference(survey_project(), head))
