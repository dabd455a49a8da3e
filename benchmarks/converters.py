"""What the data code of other trainers makes of exported rows: the real converters of LLaMA-Factory and of Axolotl.

python -m benchmarks.converters FOLDER ...

Each FOLDER is an export of the format `llamafactory` or `axolotl`. LLaMA-Factory reads it by its `dataset_info.json`, converts each row and
encodes it with the template of Qwen; Axolotl reads `axolotl.yaml` and tokenizes each row with its `chat_template` strategy. A row fails
that is dropped, or whose text in the loss is not what the assistant said there. Exit code 1 where one fails.

Neither trainer is a dependency of Winnow. In an environment of its own, beside what `make install-train` installs:
`pip install llamafactory` or `pip install axolotl`. The tokenizer is made from the rows, so no model is needed. Run with llamafactory
0.9.5 and axolotl 0.19.0. Limits: the first 2,000 rows of each file; LLaMA-Factory's templates write calls in their own way, so of
calls it is asked that names and arguments stand in the loss as JSON.
"""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from traces.export import ChatTokenizer
from traces.export.findings import Findings
from traces.export.row import JSON
from traces.export.written import manifest, read_lines
from winnow.training.rows import Example
from winnow.training.tokenizer import build

MOST = 2_000
_PIECES = 2_000
_IGNORED = -100


def main(folders: list[Path]) -> int:
    """Look at each export; 1 where a row fails, or there is nothing to look at."""
    checks = {"llamafactory": llamafactory, "axolotl": axolotl}
    found = [finding for folder in folders for finding in checks[manifest(folder)["format"]](folder)]
    print("\n".join(finding.words() for finding in found))
    return 0 if found and all(finding.ok and finding.looked for finding in found) else 1


def llamafactory(folder: Path) -> Iterator[Findings]:
    """A finding for each data set of the export's `dataset_info.json`."""
    from llamafactory.data.converter import get_dataset_converter  # type: ignore[import-not-found]
    from llamafactory.data.parser import get_dataset_list  # type: ignore[import-not-found]
    from llamafactory.data.template import TEMPLATES  # type: ignore[import-not-found]

    names = list(json.loads((folder / "dataset_info.json").read_text("utf-8")))
    for attributes in get_dataset_list(names, str(folder)):
        rows = list(islice(read_lines(folder / attributes.dataset_name), MOST))
        tokenizer = build([_example(_turns_as_messages(row)) for row in rows], _PIECES)
        convert = get_dataset_converter(attributes.formatting, attributes, SimpleNamespace(media_dir=""))
        found = Findings(f"{folder / attributes.dataset_name}, LLaMA-Factory's converter and template of Qwen")
        for number, row in enumerate(rows, 1):
            found.add(f"row {number}", list(_converted(convert(row), row, TEMPLATES["qwen"], tokenizer)))
        yield found


def _converted(made: JSON, row: JSON, template: Any, tokenizer: Any) -> Iterator[tuple[str, str]]:
    messages = [*made["_prompt"], *made["_response"]]
    if [message["content"] for message in messages] != [turn["value"] for turn in row["conversations"]]:
        yield "dropped or changed", f"{len(messages)} messages of {len(row['conversations'])} turns"
        return
    pairs = template.encode_multiturn(tokenizer, messages, made["_system"] or None, made["_tools"] or None)
    said = [turn for turn in row["conversations"] if turn["from"] in ("gpt", "function_call")]
    if len(pairs) != len(said):
        yield "turns lost", f"{len(pairs)} turns are trained where {len(said)} were said"
    for turn, (_, target) in zip(said, pairs, strict=False):
        trained = tokenizer.decode(target)
        missing = [part for part in _parts(turn) if "".join(part.split()) not in "".join(trained.split())]
        if missing:
            yield "not in the loss", f"{missing[0][:80]!r}, where {trained[:80]!r} is"


def _parts(turn: JSON) -> Iterator[str]:
    """What of a turn must be trained, as text: the answer; or the thought, names and arguments of calls."""
    if turn["from"] == "gpt":
        yield turn["value"]
        return
    *thought, calls = turn["value"].rsplit("</think>\n\n", 1)
    yield from thought
    for call in json.loads(calls):
        yield json.dumps(call["name"], ensure_ascii=False)
        yield json.dumps(call["arguments"], ensure_ascii=False)


def axolotl(folder: Path) -> Iterator[Findings]:
    """A finding for each data set of the export's `axolotl.yaml`."""
    from axolotl.prompt_strategies.chat_template import load  # type: ignore[import-not-found]
    from axolotl.utils.dict import DictDefault  # type: ignore[import-not-found]

    for asked in yaml.safe_load((folder / "axolotl.yaml").read_text("utf-8"))["datasets"]:
        rows = list(islice(read_lines(folder / asked["path"]), MOST))
        chat = ChatTokenizer(build([_example(row) for row in rows], _PIECES))
        settings = DictDefault(
            {"sequence_len": 1 << 20, "train_on_inputs": False, "chat_template": "tokenizer_default"}
        )
        strategy = load(chat.tokenizer, settings, DictDefault(asked))
        found = Findings(f"{folder / asked['path']}, Axolotl's chat_template strategy")
        for number, row in enumerate(rows, 1):
            made = strategy.tokenize_prompt(row)
            trained = [id for id in made["labels"] if id != _IGNORED]
            found.add(f"row {number}", list(_differs(chat.tokenizer.decode(trained), "".join(_meant(chat, row)))))
        yield found


def _differs(trained: str, meant: str) -> Iterator[tuple[str, str]]:
    if trained != meant:
        at = next(
            (n for n, (a, b) in enumerate(zip(trained, meant, strict=False)) if a != b), min(len(trained), len(meant))
        )
        yield "other text in the loss", f"{trained[at : at + 60]!r} where {meant[at : at + 60]!r} was said"


def _meant(chat: ChatTokenizer, row: JSON) -> Iterator[str]:
    """What the assistant said in turns that are to be trained, as the template writes it."""
    for place, message in enumerate(row["messages"]):
        if message["role"] == "assistant" and message.get("train", True):
            yield chat.text(row, place + 1).removeprefix(chat.text(row, place, prompt=True))


def _example(row: JSON) -> Example:
    return Example("", "", tuple(row["messages"]), tuple(row.get("tools") or ()), frozenset())


def _turns_as_messages(row: JSON) -> JSON:
    roles = {"human": "user", "observation": "tool", "gpt": "assistant", "function_call": "assistant"}
    return {"messages": [{"role": roles[turn["from"]], "content": turn["value"]} for turn in row["conversations"]]}


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
