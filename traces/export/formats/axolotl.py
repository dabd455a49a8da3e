"""Axolotl's `chat_template` type: the canonical row, `train: false` on turns that failed a verdict, and a config to start from.

Its message keys are found by reading the template, which must call its loop variable `message`.
"""

from collections.abc import Mapping

from traces.export.format import RowFormat
from traces.export.report import ExportReport
from traces.export.row import JSON, Row
from traces.ledger import Counts


class Axolotl(RowFormat):
    name = "axolotl"
    summary = "Messages and tools with a training flag for each turn, for Axolotl."
    plain = True
    chat = True
    features = {
        "id": "dtype: string",
        "messages": "list: json",
        "tools": "list: json",
        "repaired": "dtype: bool",
        "transforms": "list: string",
    }

    def line(self, row: Row) -> JSON:
        messages = [m | {"train": False} if n in row.wrong else m for n, m in enumerate(row.messages)]
        marks = {"repaired": row.repaired, "transforms": row.transforms}
        return {"id": row.id, "messages": messages, "tools": row.tools, **marks}

    def extra_files(self, report: ExportReport, counts: Counts) -> Mapping[str, str]:
        return {
            **super().extra_files(report, counts),
            "axolotl.yaml": "datasets:\n" + "".join(map(_dataset, _train(report))),
        }


def _train(report: ExportReport) -> list[str]:
    return [file for file in sorted(report.files) if file.endswith("train.jsonl")]


def _dataset(file: str) -> str:
    return (
        f"- path: {file}\n  ds_type: json\n  type: chat_template\n  field_messages: messages\n  field_tools: tools\n"
        "  roles_to_train: [assistant]\n  train_on_eos: turn\n  message_field_training: train\n"
    )
