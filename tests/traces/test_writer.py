"""Many workers write at once; what was awaited is stored, and one bad put hurts no other."""

import asyncio
from pathlib import Path

import pytest

from tests.traces import samples
from traces.ledger import Ledger, LedgerError
from traces.writer import Writer


async def test_sixty_four_workers_write_each_attempt_once(ledger: Ledger) -> None:
    async def worker(writer: Writer, n: int) -> list[bool]:
        slot = f"s{n % 32:02}"
        await writer.put_task(slot, samples.task())
        return [await writer.put_attempt(slot, k, [samples.trace(f"{slot}-{k}")]) for k in range(5)]

    async with Writer(ledger, depth=8) as writer:
        new = await asyncio.gather(*(worker(writer, n) for n in range(64)))
    assert sum(map(sum, new)) == 32 * 5
    assert len(ledger.finished()) == ledger.counts().kept == 32 * 5
    assert ledger.verify() == []


async def test_what_was_awaited_is_seen_by_a_reader(ledger: Ledger) -> None:
    with Ledger.open(ledger.path, readonly=True) as reader:
        async with Writer(ledger) as writer:
            await writer.put_discard("a", "truth", "")
            assert reader.slots() == {"a": "discard"}
            await writer.put_attempt("b", 1, [samples.trace("b-1")])
            assert reader.done("b") == {1}


async def test_a_bad_put_fails_alone(ledger: Ledger) -> None:
    odd = samples.trace("c-1", samples.NESTED).model_copy(update={"tools": ({"type": object()},)})
    async with Writer(ledger) as writer:
        results = await asyncio.gather(
            writer.put_attempt("a", 1, [samples.trace("a-1")]),
            writer.put_attempt("b", 1, []),
            writer.put_attempt("c", 1, [odd]),
            writer.put_attempt("d", 1, [samples.trace("a-1")]),
            writer.put_attempt("e", 1, [], error="ValueError"),
            return_exceptions=True,
        )
        assert await writer.put_discard("f", "truth", "")
    assert [r.trouble if isinstance(r, LedgerError) else r for r in results] == [True, "input", "input", "input", True]
    assert ledger.finished() == {("a", 1), ("e", 1)}


async def test_a_cancelled_worker_cancels_no_write(ledger: Ledger) -> None:
    async with Writer(ledger) as writer:
        put = asyncio.create_task(writer.put_discard("a", "truth", ""))
        await asyncio.sleep(0)
        put.cancel()
        with pytest.raises(asyncio.CancelledError):
            await put
    assert ledger.slots() == {"a": "discard"}


async def test_a_full_disk_is_told_to_everyone_and_the_writer_lives_on(ledger: Ledger) -> None:
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count={pages}")
    async with Writer(ledger) as writer:
        puts = [writer.put_attempt("a", n, [samples.trace(f"a-{n}", of=samples.task(f"{n}"))]) for n in range(40)]
        results = await asyncio.gather(*puts, return_exceptions=True)
        assert {r.trouble for r in results if isinstance(r, LedgerError)} == {"full"}
        ledger._db.execute("PRAGMA max_page_count=1000000")
        assert await writer.put_attempt("b", 1, [samples.trace("b-1")])
    stored = {("a", n) for n, r in enumerate(results) if r is True}
    assert ledger.finished() == stored | {("b", 1)}
    assert ledger.verify() == []


async def test_a_closed_writer_says_so(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        async with Writer(ledger) as writer:
            pass
        await writer.close()
        with pytest.raises(RuntimeError, match="closed"):
            await writer.put_discard("a", "", "")
