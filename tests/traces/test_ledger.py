"""What goes into the ledger comes out again; counters, pages, digests and errors are as promised."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.traces import samples
from traces.ledger import Filters, Ledger, LedgerError, PutAttempt, PutDiscard, PutTask, attempt_key
from traces.puts import Put
from traces.record import Decision, Ending, Trajectory
from traces.rows import strip_of


def same(a: Trajectory, b: Trajectory) -> bool:
    """Equality that holds NaN equal to itself."""
    return repr(a) == repr(b)


@pytest.mark.parametrize("name", samples.ODD)
def test_a_trajectory_comes_back_as_it_went_in(ledger: Ledger, name: str) -> None:
    trace = samples.trace(messages=samples.ODD[name], bad=0, outcome="reject")
    ledger.put_attempt("compare-0001", 1, [trace])
    back = ledger.attempt(trace.key)
    assert back is not None
    assert same(back, trace)
    assert [same(t, trace) for t in ledger.trajectories()] == [True]


def test_without_verdicts_and_times_the_rest_is_there(ledger: Ledger) -> None:
    trace = samples.trace()
    ledger.put_attempt("compare-0001", 1, [trace])
    (bare,) = ledger.trajectories(verdicts=False, times=False)
    assert bare.verdicts == ()
    assert bare.duration == 0.0
    assert all(m.started == m.duration == 0.0 for m in bare.messages)
    assert [m.content for m in bare.messages] == [m.content for m in trace.messages]


def test_a_task_and_its_wording_come_back(ledger: Ledger) -> None:
    task, wording = samples.task(), (samples.system("Write."), samples.said("How much?", at=1.0))
    assert ledger.put_task("compare-0001", task, wording)
    assert ledger.task("compare-0001") == task
    assert ledger.wording("compare-0001") == wording
    assert ledger.task("compare-0002") is None
    assert ledger.wording("compare-0002") == ()


def test_a_settled_slot_stays_as_it_is(ledger: Ledger) -> None:
    assert ledger.put_task("a", samples.task())
    assert ledger.put_discard("b", "truth", "two paths disagree")
    assert not ledger.put_task("b", samples.task())
    assert not ledger.put_discard("a", "writer", "late")
    assert not ledger.put_discard("b", "writer", "again")
    assert ledger.slots() == {"a": "task", "b": "discard"}
    assert ledger.counts().discards == {"truth": 1}
    assert [d.reason for d in ledger.discards()] == ["two paths disagree"]


def test_the_same_attempt_again_changes_nothing(ledger: Ledger) -> None:
    first, other = samples.trace(), samples.trace(outcome="reject", bad=1)
    assert ledger.put_attempt("compare-0001", 1, [first])
    before = ledger.digest(), ledger.counts()
    assert not ledger.put_attempt("compare-0001", 1, [other], error="late")
    assert (ledger.digest(), ledger.counts()) == before
    assert ledger.attempt(first.key) == first


def test_a_batch_writes_what_its_puts_would_one_by_one(tmp_path: Path) -> None:
    """Also where a key comes twice in it, was there before, or an attempt fails whose task came with it."""
    old = PutAttempt("b", 1, repaired("b"))
    batch: list[Put] = [
        PutTask("a", samples.task(difficulty=5), stage="written"),
        PutAttempt("a", 1, [samples.trace("a-1")]),
        PutAttempt("a", 1, [samples.trace("a-1", outcome="reject", bad=1)]),
        PutAttempt("a", 2, error="no model"),
        PutDiscard("c", "truth", "two paths disagree"),
        PutTask("c", samples.task()),
        old,
    ]
    with Ledger.create(tmp_path / "one") as one, Ledger.create(tmp_path / "many") as many:
        one.commit([old])
        many.commit([old])
        assert (
            [one.commit([put])[0] for put in batch]
            == many.commit(batch)
            == [True, True, False, True, True, False, False]
        )
        assert (one.digest(), one.counts(), one.page()) == (many.digest(), many.counts(), many.page())
        assert many.verify() == []


def repaired(slot: str) -> list[Trajectory]:
    first = samples.trace(attempt_key(slot, 1), samples.wrong(), outcome="repair", bad=1)
    return [first, samples.trace(attempt_key(slot, 1, 1), repaired_from=first.key)]


def test_counts_follow_every_kind_of_attempt(ledger: Ledger) -> None:
    ledger.put_task("a", samples.task(difficulty=5))
    ledger.put_attempt("a", 1, repaired("a"))
    ledger.put_attempt("a", 2, [samples.trace("a-2")])
    ledger.put_attempt("a", 3, [samples.trace("a-3", outcome="reject", bad=0, code="A1")])
    ledger.put_attempt("a", 4, [], error="ValueError: no")
    ledger.put_attempt("a", 5, [samples.trace("a-5", outcome=None)], error="TimeoutError")
    ledger.put_attempt("a", 6, [samples.trace("a-6", samples.DIRECT, outcome=None)])
    ledger.put_discard("b", "duplicate", "as a")
    counts = ledger.counts()
    assert counts.total == (6, 2, 1, 1, 2, 1, 1)
    assert (counts.attempts, counts.kept, counts.repaired, counts.rejected, counts.errors) == (6, 2, 1, 1, 2)
    assert counts.total.keep_rate == pytest.approx(2 / 3)
    assert (counts.tasks, counts.discards, counts.trajectories) == (1, {"duplicate": 1}, 6)
    assert (counts.steps, counts.calls, counts.tokens) == (5 * 3 + 1, 5 * 3, 6 * 120)
    assert counts.code == {"A1": (1, 0, 0, 1, 0, 0, 0), "C1": (0, 0, 0, 0, 0, 0, 1)}
    assert counts.tool["search"].attempts == counts.tool["calculator"].attempts == 4
    assert counts.difficulty[5].errors == 1
    assert counts.ending["answered"].attempts == 5
    assert ledger.verify() == []


def test_an_attempt_that_raised_is_kept_with_its_error(ledger: Ledger) -> None:
    ledger.put_attempt("a", 1, [], error="ValueError: no")
    ledger.put_attempt("a", 2, [samples.trace("a-2", outcome=None, ending=Ending(kind="error"))], error="OSError")
    rows = ledger.page(Filters(decision="error"))
    assert [(r.key, r.error, r.decision) for r in rows] == [
        ("a-1", "ValueError: no", "error"),
        ("a-2", "OSError", "error"),
    ]
    assert ledger.attempt("a-1") is None
    assert ledger.done("a") == {1, 2}
    assert ledger.finished() == {("a", 1), ("a", 2)}


def test_trajectories_stream_in_one_order_whatever_the_order_of_commits(tmp_path: Path) -> None:
    puts = [
        PutAttempt(slot, n, repaired(slot) if n == 1 else [samples.trace(f"{slot}-{n}")])
        for slot in "cab"
        for n in (2, 1)
    ]
    orders = (puts, puts[::-1])
    keys, digests = [], []
    for place, order in enumerate(orders):
        with Ledger.create(tmp_path / f"{place}.sqlite") as ledger:
            for put in order:
                ledger.commit([put])
            keys.append([t.key for t in ledger.trajectories()])
            digests.append(ledger.digest())
    assert keys[0] == keys[1] == [f"{s}-{k}" for s in "abc" for k in ("1", "1r1", "2")]
    assert digests[0] == digests[1]


def test_many_trajectories_stream_in_chunks(ledger: Ledger) -> None:
    ledger.commit(PutAttempt(f"s{n:04}", 1, [samples.trace(f"s{n:04}-1", samples.DIRECT)]) for n in range(350))
    assert [t.key for t in ledger.trajectories()] == [f"s{n:04}-1" for n in range(350)]
    assert [t.key for t in ledger.trajectories(slot="s0007")] == ["s0007-1"]


def test_the_digest_sees_all_but_times(tmp_path: Path) -> None:
    plain = samples.trace()
    slower = plain.model_copy(
        update={
            "duration": 9.0,
            "messages": tuple(
                m.model_copy(
                    update={
                        "started": 5.0,
                        "duration": 4.0,
                        "result": m.result and m.result.model_copy(update={"duration": 7.0}),
                    }
                )
                for m in plain.messages
            ),
        }
    )
    changed = [
        samples.trace(bad=1),
        plain.model_copy(update={"verdicts": ()}),
        plain.model_copy(update={"tools": (samples.SEARCH,)}),
        plain.model_copy(update={"task": samples.task(difficulty=4)}),
        plain.model_copy(update={"messages": samples.ORDINARY[:-1]}),
        plain.model_copy(update={"usage": plain.usage.model_copy(update={"input_tokens": 1})}),
    ]

    def digest(name: str, trace: Trajectory) -> str:
        with Ledger.create(tmp_path / name) as ledger:
            ledger.put_attempt("compare-0001", 1, [trace])
            return ledger.digest()

    assert digest("a", plain) == digest("b", slower)
    assert digest("c", plain) not in {digest(f"x{n}", trace) for n, trace in enumerate(changed)}


def test_a_batch_is_written_whole_or_not_at_all(ledger: Ledger) -> None:
    good = PutAttempt("a", 1, [samples.trace("a-1")])
    with pytest.raises(LedgerError, match="neither a trajectory nor an error"):
        ledger.commit([good, PutAttempt("a", 2)])
    with pytest.raises(LedgerError, match="same key"):
        ledger.commit([PutTask("t", samples.task()), good, PutAttempt("b", 1, [samples.trace("a-1")])])
    assert ledger.finished() == set()
    assert ledger.slots() == {}
    assert ledger.commit([good, good, PutDiscard("b", "truth", "")]) == [True, False, True]
    assert ledger.verify() == []


def test_notes_are_added_by_another_process_and_never_changed(ledger: Ledger) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    with Ledger.open(ledger.path, annotate=True) as second:
        second.add_note("a-1", "looks right", author="ada", step=1, kind="good")
        with pytest.raises(LedgerError, match="annotate only"):
            second.put_discard("b", "", "")
    (note,) = ledger.notes("a-1")
    assert note[1:6] == ("a-1", 1, "ada", "good", "looks right")
    assert ledger.notes("a-2") == []
    db = sqlite3.connect(ledger.path)
    for sql in ("DELETE FROM note", "UPDATE note SET text = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            db.execute(sql)
    db.close()


def test_verify_finds_lost_bodies_and_wrong_counters(ledger: Ledger) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    db = sqlite3.connect(ledger.path)
    db.execute("DELETE FROM body")
    db.execute("UPDATE facet SET n = 7")
    db.commit()
    db.close()
    assert [text.split(":")[0] for text in ledger.verify()] == [
        "trajectories not counted",
        "facets with a wrong count",
        "trajectories without a body",
        "attempts without their final trajectory",
    ]


def test_the_strip_shows_each_step() -> None:
    trace = samples.trace(bad=1)
    assert strip_of(trace) == ".x."
    assert strip_of(trace.model_copy(update={"verdicts": ()})) == "---"
    broken = tuple(v.model_copy(update={"status": "error"}) for v in trace.verdicts)
    undecided = tuple(v.model_copy(update={"status": "unscored"}) for v in trace.verdicts)
    assert strip_of(trace.model_copy(update={"verdicts": broken})) == "!!!"
    assert strip_of(trace.model_copy(update={"verdicts": undecided})) == "???"


def test_a_decision_counts_each_code_once(ledger: Ledger) -> None:
    twice = Decision(outcome="reject", codes=("C1", "C1", "A1"), first_bad_step=0)
    ledger.put_attempt("a", 1, [samples.trace("a-1").model_copy(update={"decision": twice})])
    assert ledger.counts().code == {"A1": (1, 0, 0, 1, 0, 0, 0), "C1": (1, 0, 0, 1, 0, 0, 0)}
    assert ledger.page()[0].codes == ("A1", "C1")


# Files that are not as they should be


def refusal(path: Path, **how: bool) -> LedgerError:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(path, **how)
    assert str(path) in str(caught.value)
    assert caught.value.remedy in str(caught.value)
    return caught.value


@pytest.mark.parametrize("how", [{}, {"readonly": True}])
def test_files_that_are_no_ledger_are_named(tmp_path: Path, how: dict[str, bool]) -> None:
    text, empty, other = tmp_path / "text", tmp_path / "empty", tmp_path / "other"
    text.write_text("no database at all\n" * 100)
    empty.touch()
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE t(a)")
    db.close()
    assert refusal(tmp_path / "none", **how).trouble == "missing"
    assert refusal(text, **how).trouble == "foreign"
    assert refusal(empty, **how).trouble == "damaged"
    assert refusal(other, **how).trouble == "foreign"
    assert not (tmp_path / "none.lock").exists()


@pytest.mark.parametrize(("version", "trouble"), [(99, "newer"), (0, "older")])
def test_ledgers_of_another_version_are_named(tmp_path: Path, version: int, trouble: str) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger.create(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version={version}")
    db.close()
    assert refusal(path).trouble == trouble


def test_a_damaged_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.create(path) as ledger:
        for n in range(50):
            ledger.put_attempt("a", n, [samples.trace(f"a-{n}")])
    body = path.read_bytes()
    path.write_bytes(body[:4096] + b"\xff" * (len(body) - 4096))
    with pytest.raises(LedgerError) as caught, Ledger.open(path) as ledger:
        list(ledger.trajectories())
    assert caught.value.trouble == "damaged"


def test_a_damaged_body_is_named(ledger: Ledger) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger._db.execute("UPDATE body SET record = x'28b52ffd00'")
    with pytest.raises(LedgerError, match="a stored part cannot be read"):
        ledger.attempt("a-1")


def test_create_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.create(path) as ledger:
        ledger.put_task("a", samples.task())
    with pytest.raises(LedgerError, match="already here"):
        Ledger.create(path)
    with Ledger.open(path) as ledger:
        assert ledger.slots() == {"a": "task"}


def test_create_takes_over_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.touch()
    with Ledger.create(path) as ledger:
        assert ledger.slots() == {}


def test_one_writer_at_a_time(ledger: Ledger) -> None:
    for again in (Ledger.open, Ledger.create):
        with pytest.raises(LedgerError, match="another process is writing"):
            again(ledger.path)
    with Ledger.open(ledger.path, readonly=True) as reader:
        ledger.put_task("a", samples.task())
        assert reader.slots() == {"a": "task"}
        with pytest.raises(LedgerError, match="read only"):
            reader.put_task("b", samples.task())
    ledger.close()
    Ledger.open(ledger.path).close()


@pytest.fixture
def sealed() -> Iterator[Path]:
    """A folder with a ledger that we may not write, even where the tests run as root."""
    folder = Path(tempfile.mkdtemp())
    with Ledger.create(folder / "ledger.sqlite") as ledger:
        ledger.put_task("a", samples.task())
    (folder / "ledger.sqlite.lock").unlink()
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written(sealed: Path) -> None:
    assert refusal(sealed / "ledger.sqlite").trouble == "readonly"
    with pytest.raises(LedgerError, match="cannot be written"):
        Ledger.create(sealed / "other.sqlite")
    with Ledger.open(sealed / "ledger.sqlite", readonly=True) as reader:
        assert reader.slots() == {"a": "task"}


def test_a_full_disk_leaves_the_ledger_intact(ledger: Ledger) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    before = ledger.digest()
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count={pages + 2}")
    puts = [PutAttempt("a", n, [samples.trace(f"a-{n}", of=samples.task(f"q{n}"))]) for n in range(2, 50)]
    with pytest.raises(LedgerError, match="the disk is full") as caught:
        [ledger.commit([put]) for put in puts]
    assert caught.value.trouble == "full"
    ledger._db.execute("PRAGMA max_page_count=1000000")
    assert ledger.verify() == []
    done = ledger.done("a")
    assert ledger.digest() == before or len(done) > 1
    assert ledger.put_attempt("a", max(done) + 1, [samples.trace(f"a-{max(done) + 1}")])


def test_what_no_code_explains_is_counted_by_its_ending(ledger: Ledger) -> None:
    unproven = Decision(outcome="reject", reasons=("1 of 3 attempts give this answer",))
    ledger.put_attempt("a", 1, [samples.trace("a-1").model_copy(update={"decision": unproven})])
    ledger.put_attempt("a", 2, [samples.trace("a-2", outcome="reject", bad=1)])
    ledger.put_attempt("a", 3, [samples.trace("a-3")])
    assert ledger.counts().uncoded == {"answered": (1, 0, 0, 1, 0, 0, 0)}


def test_what_nothing_was_decided_of_is_counted_by_its_ending(ledger: Ledger) -> None:
    broken = samples.trace("a-1").model_copy(update={"decision": None, "ending": Ending(kind="model_error")})
    ledger.put_attempt("a", 1, [broken], "think: the server is gone")
    ledger.put_attempt("a", 2, [], "family broke")
    ledger.put_attempt("a", 3, [samples.trace("a-3").model_copy(update={"decision": None})])
    ledger.put_attempt("a", 4, [samples.trace("a-4")])
    counts = ledger.counts()
    assert {kind: tally.attempts for kind, tally in counts.undecided.items()} == {
        "": 1,
        "answered": 1,
        "model_error": 1,
    }
    total = counts.total
    assert (total.attempts, total.kept, total.errors, total.unjudged) == (4, 1, 2, 1)
