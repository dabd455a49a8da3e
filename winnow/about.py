"""What the card of an export says of the run it comes from: scenario, seed, model, who judged, and how well they judge."""

from pathlib import Path
from typing import Any

import orjson

from traces.ledger import Ledger
from winnow.carding import CARD
from winnow.folder import FolderError, RunFolder


def about_run(run: Path) -> dict[str, str]:
    """Facts by name, in the order in which they are told; what is not known is left out."""
    try:
        folder = RunFolder.open(run)
    except FolderError:
        return {}
    return {**_scenario(folder), **_graders(folder), **_card(run / CARD)}


def _scenario(folder: RunFolder) -> dict[str, str]:
    try:
        scenario = folder.scenario()
    except Exception:  # an imported run has no scenario, and a card can do without
        return {}
    return {"scenario": scenario.name, "seed": str(scenario.seed), "solver": scenario.models.solver.model}


def _graders(folder: RunFolder) -> dict[str, str]:
    """Who judged, with versions, as the first trajectory tells it: one batch has the same graders throughout."""
    with Ledger.open(folder.ledger, readonly=True) as ledger:
        first = next(ledger.stored(), None)
    versions = first.plain["lineage"].get("graders", {}) if first else {}
    return {"graders": ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))} if versions else {}


def _card(file: Path) -> dict[str, str]:
    """The figures of the run's grader card, where one was made."""
    try:
        figures = orjson.loads(file.read_bytes())["with_oracle"]
        every = {
            "precision": figures["codes"]["all"]["all"]["precision"],
            "recall": figures["codes"]["all"]["all"]["recall"],
        }
        every |= {name: figures[name] for name in ("catch_rate", "keep_precision", "keep_recall")}
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return {}
    return {"grader card": ", ".join(f"{name.replace('_', ' ')} {_share(share)}" for name, share in every.items())}


def _share(share: dict[str, Any]) -> str:
    return "not measured" if share["value"] is None else f"{share['value']:.1%} of {share['of']:,}"
