"""The viewer's pages over a real run, as a browser would ask for them; and hostile text in every field of a trace."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import pytest
import yaml
from starlette.testclient import TestClient

from scenarios.scenario import Scenario
from tests.traces import samples
from tests.winnow.test_show import descended
from traces.counts import Tally
from traces.ledger import Ledger
from traces.record import (
    Artifact,
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
from winnow.view.marking import coded
from winnow.view.pages.table import bars, find_of
from winnow.view.pages.trajectory import cards
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


def test_a_run_that_is_made_while_the_viewer_is_open_is_seen(run: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    with TestClient(build_app(Shelf(within=runs), "127.0.0.1", 80), base_url="http://127.0.0.1:80") as site:
        assert "No run here yet" in site.get("/").text
        shutil.copytree(run, runs / "first")
        assert site.get("/run/first").status_code == 200
        shutil.copytree(run, runs / "second")
        text = site.get("/").text
        assert text.index('href="/run/second"') < text.index('href="/run/first"')
        assert text.count("data-open=") == 2
        assert site.get("/run/third").status_code == 404


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


def test_reasons_without_a_code_are_told_in_words_and_link_to_none(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "empty.sqlite") as ledger:
        counts = ledger.counts()._replace(code={"G2": Tally(rejected=1)}, uncoded={"answered": Tally(rejected=3)})
    assert [(bar.code, bar.name, bar.rejected) for bar in bars(counts)] == [
        ("", "nothing found wrong, but not shown to be right", 3),
        ("G2", "wrong answer", 1),
    ]


def test_attempts_of_which_nothing_was_decided_are_told(run: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(run, tmp_path / "seen"))
    with Ledger.open(copy / "ledger.sqlite") as ledger:
        ledger.put_attempt("lost", 1, [], "family broke")
    with client(copy) as site:
        text = site.get("/run/seen").text
    assert 'an error before anything was recorded</th><td class="n">1<' in text


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
        Message(
            role="tool",
            content=json.dumps([{"a": HOSTILE, HOSTILE: HOSTILE}, {"a": [HOSTILE]}]),
            origin="tool",
            tool_call_id="b",
            name="x",
            result=ToolResult(
                status="error",
                data={"error": HOSTILE},
                artifacts=(Artifact(name=HOSTILE, media_type="text/csv", size=1),),
            ),
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


@pytest.fixture
def priced(run: Path, tmp_path: Path) -> Path:
    """The run as if its model had had a price: a tenth of a cent for a token read, two for one written."""
    copy = Path(shutil.copytree(run, tmp_path / "seen"))
    asked = yaml.safe_load((copy / "run.yaml").read_text())
    served = {"model": "openai:some", "base_url": "http://127.0.0.1:9/v1", "price": {"input": 1000.0, "output": 2000.0}}
    asked["models"]["solver"] = served
    (copy / "run.yaml").write_text(yaml.safe_dump(asked))
    return copy


def test_trajectories_are_found_by_what_they_cost(run: Path, priced: Path) -> None:
    with ledger_of(priced) as ledger:
        costs = {t.key: (t.usage.input_tokens + 2 * t.usage.output_tokens) / 1000 for t in ledger.trajectories()}
    middle = sorted(costs.values())[len(costs) // 2]
    book = Shelf([priced]).get("seen")
    assert book
    assert book.words.wait(20)
    book.close()
    with client(priced) as site:
        dear = site.get("/run/seen", params={"min_usd": f"{middle:.6f}"}).text
        cheap = site.get("/run/seen", params={"max_usd": f"{middle:.6f}"}).text
        key = max(costs, key=lambda key: costs[key])
        assert f"${costs[key]:.4f}" in site.get(f"/run/seen/{key}").text
    assert keys(dear) == {key for key, cost in costs.items() if cost >= middle}
    assert keys(cheap) == {key for key, cost in costs.items() if cost <= middle}
    assert "An export cannot ask for dollars" in dear
    with client(run) as site:  # no price, no field and no filter
        assert "min_usd" not in site.get("/run/seen").text
        assert keys(site.get("/run/seen?min_usd=999999").text) == set(costs)


def keys(text: str) -> set[str]:
    return set(re.findall(r'data-open="/run/seen/([^"]+)"', text))


def test_the_neighbours_of_a_trajectory_are_those_of_the_list_it_was_opened_from(site: TestClient, run: Path) -> None:
    with ledger_of(run) as ledger:
        bad = [row.key for row in ledger.find(find_of({"decision": "repair"}), limit=500)]
        every = [row.key for row in ledger.page(limit=500)]
    assert len(bad) > 2
    text = site.get(f"/run/seen/{bad[1]}?decision=repair").text
    assert f'rel="prev" href="/run/seen/{bad[0]}?decision=repair"' in text
    assert f'rel="next" href="/run/seen/{bad[2]}?decision=repair"' in text
    assert '<a href="/run/seen?decision=repair" data-up>' in text
    assert 'rel="next"' not in site.get(f"/run/seen/{bad[-1]}?decision=repair").text
    assert f'rel="next" href="/run/seen/{every[1]}"' in site.get(f"/run/seen/{every[0]}").text


def test_a_trajectory_tells_where_it_comes_from(run: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(run, tmp_path / "seen"))
    trace = descended()
    made = trace.model_copy(update={"key": "a-2"})
    with Ledger.open(RunFolder(copy).ledger) as ledger:
        ledger.put_attempt("a", 1, [samples.trace("a-1")])
        ledger.put_attempt("a", 2, [made])
    with client(copy) as site:
        text = site.get("/run/seen/a-2").text
    assert "written by m: deepened of c" in text
    assert 'from <a href="/run/seen/a-1">a-1</a>' in text
    assert "one step was planted in b-1" in text  # which is not in this run
    assert "call 2 of search fails on purpose (timeout)" in text
    assert "\x1b" not in text


def test_search_hits_and_stderr_are_told_from_the_rest_of_an_observation(run: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(run, tmp_path / "seen"))
    found = ToolResult(status="ok", data={"hits": [{"title": "Towns <b>"}, {"title": None}, 7], "query": "x"})
    ran = ToolResult(status="ok", data={"stdout": "1\n", "stderr": "Warning: old\n"})
    said = (
        samples.user("Which?"),
        samples.said("", samples.call("a", "search", {"query": "x"}), samples.call("b", "python", {"code": "f()"})),
        samples.saw("a", "search", "1. Towns <b> (id: d1)\n… text\n\n2. Towns of others (id: d2)").model_copy(
            update={"result": found}
        ),
        samples.saw("b", "python", "1\nWarning: old\n").model_copy(update={"result": ran}),
        samples.said("That."),
    )
    with Ledger.open(RunFolder(copy).ledger) as ledger:
        ledger.put_attempt("a", 1, [samples.trace("a-1", said)])
    with client(copy) as site:
        text = site.get("/run/seen/a-1").text
    assert re.findall(r'<span class="hit"[^>]*>(.*?)</span>', text) == ["1. Towns &lt;b&gt; (id: d1)"]
    assert re.findall(r'<span class="stderr"[^>]*>(.*?)\s*</span>', text, re.DOTALL) == ["Warning: old"]


def test_the_strip_of_a_trajectory_leads_to_its_steps(site: TestClient, run: Path) -> None:
    with ledger_of(run) as ledger:
        row = next(row for row in ledger.page(limit=500) if len(row.strip) > 2)
    text = site.get(f"/run/seen/{row.key}").text
    assert re.findall(r'<a class="cell \w+" href="#(step-\d+)"', text) == [f"step-{n}" for n in range(len(row.strip))]


@pytest.mark.parametrize(
    ("status", "told"), [("pass", "calls reproduce"), ("fail", "calls give other results"), (None, "")]
)
def test_calls_that_were_run_again_leave_a_badge(
    run: Path, tmp_path: Path, status: Literal["pass", "fail"] | None, told: str
) -> None:
    copy = Path(shutil.copytree(run, tmp_path / "seen"))
    trace = samples.trace("a-1")
    again = Verdict(
        grader="reproduction", version="1", source="program", step=0, status=status or "pass", reason="run again"
    )
    with Ledger.open(RunFolder(copy).ledger) as ledger:
        verdicts = (*trace.verdicts, again) if status else trace.verdicts
        ledger.put_attempt("a", 1, [trace.model_copy(update={"verdicts": verdicts})])
    with client(copy) as site:
        text = site.get("/run/seen/a-1").text
    assert re.findall(r'<span class="badge[^"]*">(.*?)</span>', text) == ([told] if told else [])


def test_the_list_of_runs_says_when_by_which_model_and_how_each_ended(run: Path, tmp_path: Path) -> None:
    stopped = Path(shutil.copytree(run, tmp_path / "stopped"))
    summary = {"stop": "endpoint", "reason": "nobody answers <there>"}
    (stopped / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    with client(run, stopped) as site:
        text, table = site.get("/").text, site.get("/run/stopped").text
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", text)
    assert ">teacher<" in text
    assert 'title="nobody answers &lt;there&gt;">endpoint<' in text
    assert "Stopped (endpoint): nobody answers &lt;there&gt;" in table


def test_an_empty_table_blames_no_filters_that_are_not_set(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path / "none", Scenario.model_validate({"winnow": 1, "name": "none"}))
    Ledger.create(run.ledger).close()
    with client(run.path) as site:
        assert "No attempt was recorded" in site.get("/run/none").text
        assert "Nothing fits these filters" in site.get("/run/none?code=C1").text


CODE = "def twice(xs):\n    return [x for x in xs]"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mend this:\n```python\nx = 1\n```\nPlease.", "```python\nx = 1\n```"),
        (f"Mend this:\n\n{CODE}\n\nPlease.", CODE),
        ("Call `f(x)` twice.", "`f(x)`"),
        ("import the list\nfrom there, and import it again", ""),
        ("- one\n  - two\n  - three", ""),
    ],
)
def test_code_in_a_text_is_set_as_code(text: str, code: str) -> None:
    assert "".join(text[span.start : span.end] for span in coded(text)) == code


def test_evidence_that_was_cut_short_ends_with_its_word() -> None:
    text = "it returns nothing"
    trace = samples.trace()
    said = trace.messages[trace.steps[0].message].model_copy(update={"content": text})
    messages = tuple(said if at == trace.steps[0].message else m for at, m in enumerate(trace.messages))
    evidence = Evidence(message=trace.steps[0].message, text="it retur")
    verdict = Verdict(
        grader="g", version="1", source="program", step=0, status="fail", code="C1", reason="r", evidence=(evidence,)
    )
    shown = cards(trace.model_copy(update={"messages": messages, "verdicts": (verdict,)}))[0].content
    assert ">it returns</mark> nothing" in shown
