"""Random small models agree with the reference evaluator."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, example, given, settings

from gaic.api.compile import compile_model
from tests.accept.agreement import Comparison
from tests.accept.random_models import STOCK_OUTLASTS_JOB, models


# Each example compiles the library again (a third of a second), so a failing one is not made smaller: that takes
# minutes. Add `Phase.shrink` to hunt a fault down.
@settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(models())
@example(STOCK_OUTLASTS_JOB)
def test_the_ledger_agrees_with_the_reference(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.gai"
        path.write_text(text, encoding="utf-8")
        outcome = compile_model(path)
    assert outcome.ledger is not None, [d for d in outcome.diagnostics if d.severity.value == "error"]
    agreement = Comparison(outcome.ledger).run()
    assert not agreement.faults, "\n".join(agreement.faults[:20])
