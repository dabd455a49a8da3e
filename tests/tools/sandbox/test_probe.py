"""The level is found by trying, told in full, and never lowered in silence."""

from collections.abc import Iterator

import pytest

from tools.sandbox import LocalSandbox, SandboxUnavailable, host, sandbox_report


@pytest.fixture
def without() -> Iterator[list[str]]:
    """Features that this machine shall seem to lack."""
    host.stop_zygotes()
    yield host.WITHOUT
    host.WITHOUT.clear()
    host.stop_zygotes()


def test_full_here() -> None:
    report = sandbox_report()
    assert report.level == "full"
    assert report.remedies == ""
    assert all(feature.found for feature in report.features if not feature.name.startswith(("language", "package")))
    assert str(report).startswith("sandbox: full\n")


def test_reduced_says_what_is_missing(without: list[str]) -> None:
    without.append("namespaces")
    report = sandbox_report()
    assert report.level == "reduced"
    assert "MISSING namespaces" in str(report)
    assert "E2B" in report.remedies


async def test_refused_names_the_feature_and_the_remedies(without: list[str]) -> None:
    without.extend(["namespaces", "landlock"])
    assert sandbox_report().level == "refused"
    with pytest.raises(SandboxUnavailable, match=r"Landlock.*Remedies.*E2B_API_KEY"):
        async with LocalSandbox():
            pass


async def test_another_system_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SandboxUnavailable, match=r"needs Linux, this is darwin.*e2b"):
        async with LocalSandbox():
            pass
    assert sandbox_report().level == "refused"
