"""The watcher of a session, on processes that end while it looks."""

import os
import subprocess

import pytest

from tools.sandbox.inside.watch import Watch


def test_a_process_that_ends_while_its_descriptors_are_counted_counts_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    proc, listdir, looked = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY), os.listdir, list[int]()
    with subprocess.Popen(["sleep", "60"]) as child:

        def ending(where: int) -> list[str]:
            child.kill()
            child.wait()
            looked.append(where)
            return listdir(where)

        limits = {"memory": 1 << 40, "processes": 100, "cpu": 100, "disk": 1 << 40}
        watch = Watch(proc, limits, alone=child.pid)
        monkeypatch.setattr(os, "listdir", ending)
        assert watch.look() is None
    assert looked
    os.close(proc)
