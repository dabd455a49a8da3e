"""The viewer's pages over a real run, as a browser would ask for them; and hostile text in every field of a trace."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from traces.ledger import Ledger
from traces.record import (
    Decision,
    Ending,
    Evidence,
    FunctionCall,
    Lineage,
    Message,
    StepLabel,
    ToolCall,
    ToolResult,
    Trajectory,
    Verdict,
)
from traces.task import Answer, Oracle, PlanNode, Task
from winnow.folder import RunFolder
from winnow.view.app import build_app
from winnow.view.shelf import Shelf

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'\x1b[31m\u202eevil\u202c](javascript:alert(1))"


def client(*runs: Path, access: str = "") -> TestClient:
    return TestClient(
        build_app(Shelf(runs), "127.0.0.1", 80, access), base_url="http://127.0.0.1:80", follow_redirects=False
    )


@pytest.fixture
def site(run: Path) -> Iterator[TestClient]:
    with client(run) as opened:
        yield opened


def ledger_of(run: Path) -> Ledger:
    return Ledger.open(RunFolder(run).ledger, readonly=True)


def test_one_run_is_shown_at_once_and_several_are_listed(run: Path, tmp_path: Path) -> None:
    with client(run) as site:
        assert site.get("/").headers["location"] == "/run/seen"
    (tmp_path / "other").mkdir()
    with client(run, tmp_path / "other") as site:
        text = site.get("/").text
    assert 'href="/run/seen"' in text
    assert "there is no ledger here" in text


def test_the_table_has_a_row_for_each_trajectory_and_its_strip(site: TestClient, run: Path) -> None:
    text = site.get("/run/seen").text
    with ledger_of(run) as ledger:
        rows = ledger.page(limit=500)
    assert text.count("data-open=") == len(rows)
    assert text.count('class="cell fail"') == sum(row.strip.count("x") for row in rows)


def test_a_run_tells_its_kinds_what_it_was_made_with_and_what_it_cost(run: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(run, tmp_path / "seen"))
    summary = json.loads((copy / "summary.json").read_text())
    summary["cost"] = {"usd": 1.5, "tokens": 12_345, "usd_per_kept": 0.0625}
    (copy / "summary.json").write_text(json.dumps(summary))
    with client(copy) as site:
        text = site.get("/run/seen").text
    with ledger_of(run) as ledger:
        one = sum(row.steps == 1 and row.final for row in ledger.page(limit=500))
    assert re.search(rf'min_steps=1&amp;max_steps=1">1</a></th><td class="n">{one}<', text)
    assert "<dt>seed</dt><dd>5</dd>" in text
    assert "$1.5000 and 12,345 tokens, $0.0625 for each kept trace" in text


def test_filters_stand_in_the_address(site: TestClient, run: Path) -> None:
    with ledger_of(run) as ledger:
        rows = ledger.page(limit=500)
    kept = [row.key for row in rows if row.decision == "keep" and row.family == "money"]
    text = site.get("/run/seen?decision=keep&family=money").text
    assert re.findall(r'data-open="/run/seen/([^"]+)"', text) == kept
    assert '<option value="keep" selected>' in text
    assert "Nothing fits these filters" in site.get("/run/seen?min_steps=150").text


def test_a_trajectory_shows_its_first_error_beside_the_step_and_marks_the_evidence(site: TestClient, run: Path) -> None:
    with ledger_of(run) as ledger:
        bad = next(t for t in ledger.trajectories() if t.decision and t.decision.outcome != "keep" and t.decision.codes)
    text = site.get(f"/run/seen/{bad.key}").text
    assert bad.decision
    step = text.index(f'id="step-{bad.decision.first_bad_step}"')
    assert "first error" in text[step:]
    assert 'class="step fail"' in text
    assert f"winnow show {run} {bad.key}" in text or bad.key in text


def test_what_is_not_here_is_said(site: TestClient) -> None:
    assert site.get("/run/none").status_code == 404
    missing = site.get("/run/seen/none-0000-0")
    assert missing.status_code == 404
    assert "no trajectory" in missing.text


def test_other_names_of_this_machine_are_not_answered(site: TestClient) -> None:
    assert site.get("/run/seen", headers={"host": "evil.example"}).status_code == 421
    assert site.post("/run/seen", headers={"origin": "http://evil.example"}).status_code == 403


def test_a_server_that_others_reach_asks_for_its_token(run: Path) -> None:
    with client(run, access="secret") as site:
        assert site.get("/run/seen").status_code == 401
        assert site.get("/run/seen?token=wrong").status_code == 401
        assert site.get("/run/seen?token=secret").status_code == 303
        assert site.get("/run/seen").status_code == 200


def test_nothing_is_asked_of_other_servers_and_no_script_stands_in_a_page(site: TestClient) -> None:
    answer = site.get("/run/seen")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    for source in re.findall(r'(?:src|href)="([^"]+)"', answer.text):
        assert source.startswith(("/", "#", "?"))
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", answer.text)


def hostile_trace() -> Trajectory:
    call = ToolCall(id="a", function=FunctionCall(name=HOSTILE, arguments={"code": HOSTILE}))
    odd = ToolCall(id="b", function=FunctionCall(name="x", arguments=HOSTILE), error=HOSTILE)
    messages = (
        Message(role="system", content=HOSTILE, origin="system"),
        Message(role="user", content=HOSTILE, origin="user"),
        Message(role="assistant", content=HOSTILE, reasoning=HOSTILE, origin="sampled", tool_calls=(call, odd)),
        Message(
            role="tool",
            content=HOSTILE * 500,
            origin="tool",
            tool_call_id="a",
            name="x",
            result=ToolResult(status="error"),
        ),
        Message(role="assistant", content=HOSTILE, origin="sampled"),
    )
    verdict = Verdict(
        grader="g", version="1", source="program", step=0, status="fail", code="G1", reason=HOSTILE, first_error=True,
        evidence=(Evidence(message=2, text=HOSTILE), Evidence(message=3, text="alert", start=3, end=99)),
    )  # fmt: skip
    oracle = Oracle(answer=Answer(kind="text", value=HOSTILE), plan=(PlanNode(id="n", op=HOSTILE, value=HOSTILE),))
    return Trajectory(
        key="h-0000-0",
        task=Task(family=HOSTILE, query=HOSTILE, tools=(HOSTILE,), oracle=oracle),
        tools=(),
        messages=messages,
        ending=Ending(kind="answered", detail=HOSTILE),
        verdicts=(verdict,),
        decision=Decision(outcome="reject", reasons=(HOSTILE,), codes=("G1",), first_bad_step=0),
        labels=(StepLabel(step=0, value=-1, source="human", kind=HOSTILE, detail=HOSTILE),),
        lineage=Lineage(task="t", attempt=0, seed=0, model=HOSTILE),
    )


PLACES = (
    "/run/hostile",
    f"/run/hostile?{urlencode({'q': HOSTILE, 'code': HOSTILE})}",
    "/run/hostile/h-0000-0",
    "/run/hostile/compare?a=h-0000-0&b=h-0000-0",
    "/run/hostile/h-0000-0/export?format=verdicts",
)


def test_hostile_text_stays_text_and_what_is_invisible_is_shown(tmp_path: Path) -> None:
    run = tmp_path / "hostile"
    run.mkdir()
    (run / "run.yaml").write_text("winnow: 1\nname: h\n")
    trace = hostile_trace()
    with Ledger.create(RunFolder(run).ledger) as ledger:
        ledger.put_task("h-0000", trace.task)
        ledger.put_attempt("h-0000", 0, [trace])
    with client(run) as site:
        for place in PLACES:
            text = site.get(place).text
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert "U+202E" in text, place


def test_a_trace_of_500_steps_with_five_megabytes_opens(tmp_path: Path) -> None:
    run = tmp_path / "long"
    run.mkdir()
    (run / "run.yaml").write_text("winnow: 1\nname: l\n")
    messages = [Message(role="user", content="q", origin="user")]
    messages += [Message(role="assistant", content=f"step {number}", origin="sampled") for number in range(500)]
    messages.append(Message(role="tool", content="x" * 5_000_000, origin="tool"))
    trace = hostile_trace().model_copy(
        update={"messages": tuple(messages), "verdicts": (), "decision": None, "labels": ()}
    )
    with Ledger.create(RunFolder(run).ledger) as ledger:
        ledger.put_task("h-0000", trace.task)
        ledger.put_attempt("h-0000", 0, [trace])
    with client(run) as site:
        text = site.get("/run/long/h-0000-0").text
    assert text.count("<article") == 500
    assert len(text) < 3_000_000
