"""A world as files: `world.json` (what it was made from), `documents.jsonl`, `entities.jsonl`, `tables.jsonl`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from scenarios.world.config import WorldConfig
from scenarios.world.facts import Document
from scenarios.world.generate import VERSION, GeneratedWorld


class SavedWorldError(Exception):
    """A folder is no saved world, or not one that this version made."""


def save(world: GeneratedWorld, folder: Path, tell: Callable[[int], None] = lambda _: None) -> None:
    """Write a world into a new folder. `tell` is called with each count of documents written.

    Raises:
        SavedWorldError: the folder has files in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SavedWorldError(f"{folder} exists and is not an empty folder: name another one")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "documents.jsonl").open("wb") as file:
        for count, document in enumerate(world.documents(), 1):
            file.write(_line(document._asdict()))
            tell(count)
    with (folder / "entities.jsonl").open("wb") as file:
        for kind in world.kinds():
            file.writelines(_line(entity._asdict()) for entity in world.entities(kind))
    with (folder / "tables.jsonl").open("wb") as file:
        for number in range(world.layout.sections["table"]):  # one by one: there may be more than fit in memory
            table = world.table(f"table-{number}")
            file.write(_line(table._asdict() | {"columns": [column._asdict() for column in table.columns]}))
    origin = {"version": VERSION, "seed": world.seed, "documents": world.size, "hash": world.hash}
    (folder / "world.json").write_bytes(_line(origin | {"config": world.config.model_dump(mode="json")}))


def load(folder: Path) -> GeneratedWorld:
    """The world that a folder was made from, made again. Raises SavedWorldError."""
    path = folder / "world.json"
    try:
        origin = orjson.loads(path.read_bytes())
        world = GeneratedWorld(origin["seed"], origin["documents"], WorldConfig.model_validate(origin["config"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        cause = error.strerror if isinstance(error, OSError) else error
        raise SavedWorldError(f"{path}: not a saved world ({cause}): make one with `winnow world build`") from error
    if origin["version"] != VERSION or world.hash != origin["hash"]:
        raise SavedWorldError(
            f"{path}: made by another version of the generator: build it again from seed {world.seed}"
        )
    return world


def saved_documents(folder: Path) -> Iterator[Document]:
    """The documents as they stand in the folder's file. Raises SavedWorldError naming the line."""
    path = folder / "documents.jsonl"
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield _document(orjson.loads(line))
                except (ValueError, TypeError, KeyError) as error:
                    raise SavedWorldError(f"{path}, line {number}: not a document ({error})") from error
    except OSError as error:
        raise SavedWorldError(f"{path}: {error.strerror}") from error


def _document(row: dict[str, Any]) -> Document:
    pairs = {name: tuple((id, attribute) for id, attribute in row[name]) for name in ("states", "misstates")}
    document = Document(**row | pairs)
    for name, value in document._asdict().items():
        if name not in pairs and not isinstance(value, str):
            raise TypeError(f"{name} is no text")
    return document


def _line(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE)
