"""The dataset card (README.md), which the Hub and `datasets` read first. It declares the features, so that nothing is guessed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from traces.endings import without_code
from traces.export.report import ExportReport
from traces.ledger import Counts

if TYPE_CHECKING:
    from traces.export.format import Format


def card(format: "Format", report: ExportReport, counts: Counts) -> str:
    """The card of an export."""
    options = format.options
    head = [
        "---",
        *([f"license: {options.licence}"] if options.licence else []),
        "task_categories:",
        "- text-generation",
    ]
    head += ["tags:", "- function-calling", "- tool-use", "- agent", "- synthetic"]
    head += [*(f"- {tag}" for tag in format.tags), *_configs(format.configs(report))]
    head += [*_features(report, format), "---"]
    body = [f"# {options.title}", "", format.summary, "", *_facts(options.about)]
    body += [*_marks(report), *_funnel(counts), *_limits(format, report)]
    return "\n".join([*head, "", *body]) + "\n"


def config_of(file: str) -> tuple[str, str]:
    """The config and split of a file of a format: `default`, or the prefix such as `repaired-`."""
    *prefix, split = file.rsplit("/", 1)[-1].split(".")[0].rsplit("-", 1)
    return prefix[0] if prefix else "default", split


def configs(report: ExportReport) -> dict[str, dict[str, list[str]]]:
    """Config name to split to the files written, `default` first."""
    found: dict[str, dict[str, list[str]]] = {}
    for file in sorted(report.parts, key=lambda name: ("-" in name, name)):
        config, split = config_of(file)
        found.setdefault(config, {})[split] = report.parts[file]
    return {name: dict(sorted(found[name].items(), key=lambda item: item[0] != "train")) for name in found}


def _configs(found: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    lines = ["configs:"]
    for place, (name, splits) in enumerate(found.items()):
        lines += [f"- config_name: {name}", *(["  default: true"] if place == 0 else []), "  data_files:"]
        lines += [line for split, files in splits.items() for line in (f"  - split: {split}", *_paths(files))]
    return lines if len(lines) > 1 else []


def _paths(files: list[str]) -> list[str]:
    return [f"    path: {files[0]}"] if len(files) == 1 else ["    path:", *(f"    - {file}" for file in files)]


def _features(report: ExportReport, format: "Format") -> list[str]:
    lines = ["dataset_info:"]
    for name in configs(report) if format.features else ():
        lines += [f"- config_name: {name}", "  features:"]
        lines += [
            line for column, kind in format.features_of(name).items() for line in (f"  - name: {column}", f"    {kind}")
        ]
    return lines if len(lines) > 1 else []


def _facts(about: Mapping[str, str]) -> list[str]:
    return [*(f"- {name}: {value}" for name, value in about.items()), ""] if about else []


def _marks(report: ExportReport) -> list[str]:
    if not report.marks:
        return []
    total = sum(report.marks.values())
    lines = ["| rows | | share |", "|---|---|---|"]
    return [*lines, *(f"| {mark} | {n:,} | {n / total:.1%} |" for mark, n in sorted(report.marks.items())), ""]


def _funnel(counts: Counts) -> list[str]:
    total = counts.total
    lines = ["## How it was winnowed", "", "| | attempts |", "|---|---|"]
    lines += [
        f"| made | {total.attempts:,} |",
        f"| kept | {total.kept:,} |",
        f"| of these after a repair | {total.repaired:,} |",
    ]
    lines += [f"| rejected | {total.rejected:,} |", f"| ended by an error | {total.errors:,} |"]
    lines += [f"| not judged | {total.unjudged:,} |", ""] if total.unjudged else [""]
    why = [*counts.code.items(), *((f"none: {without_code(kind)}", tally) for kind, tally in counts.uncoded.items())]
    if rejected := [f"| {code} | {tally.rejected:,} |" for code, tally in why if tally.rejected]:
        lines += ["| error code | rejected attempts |", "|---|---|", *rejected, ""]
    return lines


def _limits(format: "Format", report: ExportReport) -> list[str]:
    lines = ["## Known limits", "", "- The queries are synthetic, and so is the world they ask about."]
    lines += ["- Only trajectories in which every step passed its graders and the answer is right are called kept."]
    lines += [
        "- Read by pandas or polars from Parquet, `messages` and `tools` are JSON strings; `datasets` 4.7 reads them as objects."
    ]
    lines += [f"- Lossy: {format.lossy}."] if format.lossy else []
    return [*lines, *(f"- Left out: {n:,} ({why})." for why, n in sorted(report.left_out.items()))]
