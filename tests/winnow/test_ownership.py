"""Someone else's `agents` or `tools` on the path is told of before it can do harm."""

import subprocess
import sys
from pathlib import Path

import pytest

from winnow.ownership import FOLDERS, REMEDY, ROOT, OwnershipError, check_ownership


def _package(folder: Path, text: str = '"""Not ours."""\n') -> Path:
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(text)
    return folder


def _wheel(site: Path) -> None:
    """An install of Winnow as pip leaves it: our folders and the record of their files."""
    rows = []
    for name in FOLDERS:
        init = _package(site / name, f'"""Ours: {name}."""\n') / "__init__.py"
        rows.append(f"{name}/__init__.py,sha256=x,{init.stat().st_size}\n")
    record = site / "winnow-0.1.0.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("".join(rows) + "winnow-0.1.0.dist-info/RECORD,,\n")


def test_this_checkout_owns_its_names() -> None:
    check_ownership()


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("first", [True, False])
def test_a_package_of_our_name_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, first: bool
) -> None:
    theirs = _package(tmp_path / name)
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(ROOT)] if first else [str(ROOT), str(tmp_path)])
    with pytest.raises(OwnershipError) as told:
        check_ownership()
    assert str(told.value).splitlines() == [
        f"{theirs} has the same name as Winnow's {ROOT / name}",
        REMEDY,
    ]


def test_another_checkout_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FOLDERS:
        _package(tmp_path / name)
    (tmp_path / "winnow" / "ownership.py").write_text("")
    monkeypatch.setattr(sys, "path", [str(ROOT), str(tmp_path)])
    with pytest.raises(OwnershipError) as told:
        check_ownership()
    assert str(told.value).splitlines() == [
        f"{tmp_path} holds another checkout of Winnow, and Python looks there too while this one, {ROOT}, runs",
        REMEDY,
    ]


def test_a_single_file_module_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tools.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(OwnershipError, match="has the same name"):
        check_ownership()


def test_a_plain_folder_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tools").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    check_ownership()


def test_the_owner_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _package(tmp_path / "agents")
    info = tmp_path / "openai_agents-0.6.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: openai-agents\nVersion: 0.6.0\n")
    (info / "RECORD").write_text("agents/__init__.py,,\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(OwnershipError, match=r"agents \(of openai-agents\) has the same name"):
        check_ownership()


def test_a_wheel_of_ours_alone_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _wheel(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    check_ownership(tmp_path)


@pytest.mark.parametrize("file", ["agents/__init__.py", "agents/agent.py"])
def test_a_wheel_that_another_was_installed_over_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    _wheel(tmp_path)
    (tmp_path / file).write_text('"""Somebody else\'s."""\n')
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(OwnershipError, match=f"{file} is not the file Winnow installed"):
        check_ownership(tmp_path)


def test_nothing_is_imported_to_find_out() -> None:
    code = "import sys, winnow.ownership as o; o.check_ownership(); print(*set(o.FOLDERS) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["winnow"]


def test_the_command_refuses_plainly(tmp_path: Path) -> None:
    _package(tmp_path / "tools")
    code = "import sys; sys.path.insert(0, sys.argv.pop()); from winnow.cli import main; main()"
    command = [sys.executable, "-c", code, "--help", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"winnow: {tmp_path}/tools has the same name as Winnow's")
    assert "Traceback" not in done.stderr
