"""A project whose author means harm: every free text, number and file name of it tries to leave its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ALERT = "alert(document.domain)"
# Ends of elements and attributes, handlers, a template, marks that turn or hide text.
MARKUP = (
    f"</script></title></textarea><img src=x onerror={ALERT}><svg onload={ALERT}><base href=//evil.invalid/>"
    f"<script>{ALERT}</script>'\\\"><a href='javascript:{ALERT}'>a</a>{{{{ 7 * 7 }}}} &lt;b&gt; &#x41;"
    "\u202eright\u202c\u2066to\u2069\u200fleft\u200b"
)
LONG = "unbroken" * 60 + "a label of 500 letters"
NAME = "n" + "_" * 60 + "long" * 16
DIGITS = "1234567890123456789012345678901234567890"
DOCUMENTATION = f"""<script>{ALERT}</script> and <img src=http://evil.invalid/a.png onerror={ALERT}>
![a picture](http://evil.invalid/b.png) [press](javascript:{ALERT}) [data](data:text/html,<script>{ALERT}</script>)
[turned](https://example.org/\u202e) <https://evil.invalid/> `</code><script>{ALERT}</script>` **<i>bold</i>** {LONG}

- </li></ul><iframe src=//evil.invalid></iframe>
- {{{{ config }}}} {{% include "x" %}}"""
FOLDER = "<img src=x onerror=alert(1)> & 'more'"
HOURS = f"{FOLDER}/hours#1?a=b%20.csv"


def write_hostile_project(folder: Path) -> Path:
    """Write the project into a folder; return its model."""
    (folder / FOLDER).mkdir(parents=True)
    (folder / "gaic.toml").write_text("", encoding="utf-8")
    rows = "\n".join(["value", *(["3", "5", "8", "2"] * 12)])
    (folder / HOURS).write_text(rows + "\n", encoding="utf-8")
    (folder / FOLDER / "part.gai").write_text(_write_part(), encoding="utf-8")
    model = folder / "model <b>.gai"
    model.write_text(_write_model(), encoding="utf-8")
    return model


def _comment(text: str, indent: str = "") -> str:
    return "".join(f"{indent}## {line}".rstrip() + "\n" for line in text.splitlines())


def _write_part() -> str:
    return f'{_comment(DOCUMENTATION)}\nlet handed = {DIGITS} kg from hypothesis note "{MARKUP}"\n'


def _write_model() -> str:
    documentation = _comment(DOCUMENTATION)
    return f"""{documentation}
study attack "{MARKUP}" {{
  goal     = "{MARKUP}{LONG}"
  audience = "{LONG}"
  author   = "javascript:{ALERT}"
  period   = 2026-01-01 .. 2026-01-03
  timezone = "UTC"
  left_out = ["{MARKUP}", "{LONG}"]
}}

import "{FOLDER}/part.gai" as part

{documentation}source script "{MARKUP}" {{
  url       = "https://example.org/\\"><script>{ALERT}</script>'?a=javascript:{ALERT}"
  published = 2026-03-02
}}

source page "{LONG}" {{ url = "https://example.org/?q=%22%3E%3Cscript%3E&a='b'" }}

{documentation}kind {NAME} "{MARKUP}" extends emitter {{
{_comment(DOCUMENTATION, "  ").rstrip()}
  input weight : Mass = 1 kg from hypothesis note "{MARKUP}"
  input course : amount Ratio
  input number : Ratio = 2 from hypothesis note "{LONG}"
  input words  : text = "{MARKUP}"
  calc heavy   : Mass = weight * number + part.handed
  calc {NAME[:100]} : Mass = if number > 1 then heavy else weight
  calc use_footprint : amount Carbon = course * {NAME[:100]} * (1 kgCO2e/kg) * 1
  calc instances_manufacturing_footprint : amount Carbon = use_footprint * number
  assert fits: number > 3 else warn "{MARKUP}"
}}

{documentation}{NAME} first "{MARKUP}" {{
  weight = {DIGITS} kg from script conf low note "{MARKUP}"
  course = hourly("{HOURS}", start = 2026-01-01T00:00)
  words  = "javascript:{ALERT}"
}}

{NAME} second "{LONG}" {{
  weight = 1 kg to {DIGITS} kg from page conf high note "{LONG}"
  course = hourly([1, 2, {DIGITS}], start = 2026-01-01T00:00)
  number = 0.{DIGITS}
}}
"""
