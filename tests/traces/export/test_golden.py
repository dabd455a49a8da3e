"""Each format writes, byte for byte, what lies in `golden/`. After a change that is meant: `python -m tests.traces.export.test_golden`."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.traces import samples
from tests.traces.export.conftest import mutant, repaired
from traces.export import Options, all_formats, export
from traces.ledger import Ledger

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = Options(title="Golden", about={"scenario": "golden", "seed": "1"})


def write(name: str, target: Path, scratch: Path) -> None:
    with Ledger.create(scratch / f"{name}.sqlite") as ledger:
        ledger.put_attempt("hello-1", 1, [samples.trace("hello-1-1", samples.DIRECT)])
        ledger.commit([repaired("mended-1")])
        ledger.put_attempt("odd-1", 1, [samples.trace("odd-1-1", samples.NESTED)])
        ledger.put_attempt(
            "odd-1", 2, [samples.trace("odd-1-2", samples.MALFORMED, outcome="reject", bad=0, code="F1")]
        )
        ledger.put_attempt("partly-1", 1, [samples.trace("partly-1-1", bad=1)])
        ledger.put_attempt("planted-1", 1, [mutant("planted-1-1", "mended-1-1r1")])
        export(ledger, name, target, OPTIONS)


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("name", sorted(all_formats()))
def test_the_bytes_are_those_of_the_golden_files(tmp_path: Path, name: str) -> None:
    write(name, tmp_path / "out", tmp_path)
    assert files(tmp_path / "out") == files(GOLDEN / name)


def test_no_golden_folder_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(all_formats())


def main() -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    GOLDEN.mkdir()
    with tempfile.TemporaryDirectory() as scratch:
        for name in all_formats():
            write(name, GOLDEN / name, Path(scratch))


if __name__ == "__main__":
    main()
