"""The viewer in a real browser: Chromium by Playwright, over a real run. Pictures of each page go to `outputs/screens/`."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe

from tests.traces import samples
from traces.ledger import Filters, Ledger, PutAttempt
from winnow.folder import RunFolder
from winnow.view.app import build_app
from winnow.view.serve import listening
from winnow.view.shelf import Shelf

pytestmark = pytest.mark.browser
SCREENS = Path(__file__).parents[3] / "outputs" / "screens"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SIZES = {"desktop": (1400, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def written(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, for notes and attempts are added to it."""
    return Path(shutil.copytree(run, tmp_path_factory.mktemp("written") / "seen"))


@pytest.fixture(scope="module")
def address(written: Path) -> Iterator[str]:
    with serving(written) as place:
        yield place


@contextmanager
def serving(run: Path) -> Iterator[str]:
    listener = listening("127.0.0.1", 0)
    port = listener.getsockname()[1]
    shelf = Shelf([run])
    config = uvicorn.Config(build_app(shelf, "127.0.0.1", port), log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    shelf.closing = server.should_exit = True
    thread.join(10)
    listener.close()
    shelf.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium on this machine: install it, for instance with `apt-get install chromium`")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


def page_at(browser: Any, size: str, scheme: str, said: list[str]) -> Any:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return page


def bad_key(run: Path) -> str:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        rows = [row for row in ledger.page(limit=500) if "x" in row.strip[1:] and row.strip.startswith(".")]
    return rows[0].key


def kept_key(run: Path) -> str:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return ledger.page(Filters(decision="keep", min_steps=3), limit=1)[0].key


def complaints(page: Any, name: str) -> list[str]:
    """What axe finds wrong with labels, contrast, focus and the like."""
    found = Axe().run(page).response["violations"]
    return [
        f"{name}: {one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_without_complaint_and_fits(
    browser: Any, address: str, run: Path, size: str, scheme: str
) -> None:
    said: list[str] = []
    page = page_at(browser, size, scheme, said)
    bad, good = bad_key(run), kept_key(run)
    places = {
        "table": "/run/seen",
        "trajectory": f"/run/seen/{bad}",
        "compare": f"/run/seen/compare?a={bad}&b={bad}r1",
        "export": f"/run/seen/{good}/export",
    }
    for name, place in places.items():
        page.goto(address + place)
        page.screenshot(path=SCREENS / f"{name}-{size}-{scheme}.png", full_page=False)
        said += complaints(page, name)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} at {size} is {wide} pixels too wide"
    assert said == [], "\n".join(said)


def test_the_keyboard_alone_is_enough(browser: Any, address: str, run: Path) -> None:
    said: list[str] = []
    page = page_at(browser, "desktop", "light", said)
    page.goto(f"{address}/run/seen")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("tr.chosen").get_attribute("data-open")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}*")
    page.goto(f"{address}/run/seen/{bad_key(run)}")
    page.keyboard.press(".")
    assert re.search(r"#step-[1-9]", page.url)
    assert page.evaluate("document.activeElement.classList.contains('fail')")
    page.keyboard.press("p")
    page.keyboard.press("?")
    assert page.locator("dialog.help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_url("**/run/seen")
    assert said == [], "\n".join(said)


def test_filters_work_without_a_button(browser: Any, address: str) -> None:
    page = page_at(browser, "desktop", "light", [])
    page.goto(f"{address}/run/seen")
    page.get_by_label("decision").select_option("keep")
    page.wait_for_url("**decision=keep**")
    outcomes = set(page.locator("td .outcome").all_inner_texts())
    assert outcomes == {"kept"}


def test_a_long_table_goes_on_as_one_scrolls_and_stays_light(browser: Any, address: str, written: Path) -> None:
    said: list[str] = []
    (written.parent / "long").mkdir()
    with Ledger.create(RunFolder(written.parent / "long").ledger) as ledger:
        ledger.commit(PutAttempt(f"long-{n:05}", 0, [samples.trace(f"long-{n:05}-0")]) for n in range(5_000))
    with serving(written.parent / "long") as place:
        page = page_at(browser, "desktop", "light", said)
        page.goto(place + "/run/long")
        seen = page.locator("tr[data-open]")
        for _ in range(60):
            page.mouse.wheel(0, 4000)
            page.wait_for_timeout(60)
        page.get_by_text("long-04999-0").wait_for(timeout=20_000)
        assert seen.count() < 2_500
        assert page.evaluate("document.documentElement.scrollHeight") > 4_900 * 28
        page.mouse.wheel(0, -1_000_000)
        page.get_by_text("long-00000-0").wait_for(timeout=5_000)
        page.keyboard.press("j")
        assert page.locator("tr.chosen").get_attribute("data-open") == "/run/long/long-00000-0"
    assert said == []


TABLE = "Readings.\n\n| day | place | mm |\n|---|---|---|\n" + "".join(
    f"| {n} May | {'Osk ' * 40} | {n}.5 |\n" for n in range(1, 9)
)


@pytest.mark.parametrize("size", SIZES)
def test_a_table_is_shown_as_one_with_its_text_a_click_away(
    browser: Any, address: str, written: Path, size: str
) -> None:
    messages = (*samples.ORDINARY[:2], samples.saw("call_1", "search", TABLE), *samples.ORDINARY[3:])
    with Ledger.open(RunFolder(written).ledger) as ledger:
        ledger.put_attempt(f"tables-{size}", 1, [samples.trace(f"tables-{size}-1", messages)])
    said: list[str] = []
    page = page_at(browser, size, "light", said)
    page.goto(f"{address}/run/seen/tables-{size}-1")
    grid = page.locator(".seen .grid")
    assert grid.locator("tbody tr").count() == 8
    assert grid.locator("td.number").first.inner_text() == "1.5"
    text = page.locator(".seen details pre")
    assert not text.is_visible()
    page.get_by_text("as text").click()
    assert "| 8 May |" in text.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints(page, "table in a trajectory") == []
    page.screenshot(path=SCREENS / f"grid-{size}.png")
    assert said == []


def test_a_note_is_written_by_key_and_by_hand(browser: Any, address: str, run: Path) -> None:
    said: list[str] = []
    page = page_at(browser, "desktop", "light", said)
    key = bad_key(run)
    page.goto(f"{address}/run/seen/{key}")
    page.keyboard.press(".")
    page.keyboard.press("x")
    page.locator("article.step .note.bad").wait_for()
    remarks = page.locator(".head .remarks")
    remarks.locator("summary").click()
    remarks.get_by_label("note on the trace").fill("<b>seen</b>")
    remarks.get_by_role("button", name="good").click()
    remarks.locator(".note.good").wait_for()
    assert "<b>seen</b>" in remarks.inner_text()
    page.reload()
    assert page.locator(".note").count() == 2
    page.screenshot(path=SCREENS / "notes-desktop-light.png")
    page.goto(f"{address}/run/seen?note=bad")
    assert page.locator("tr[data-open]").count() == 1
    assert said == [], "\n".join(said)


def test_playback_shows_the_steps_one_after_another(browser: Any, address: str, run: Path) -> None:
    said: list[str] = []
    page = page_at(browser, "desktop", "light", said)
    page.goto(f"{address}/run/seen/{bad_key(run)}")
    steps = page.locator("article.step:visible")
    whole = steps.count()
    page.keyboard.press("ArrowLeft")
    assert steps.count() == whole - 1
    page.keyboard.press("ArrowRight")
    page.get_by_label("×16").check()
    page.get_by_label("evenly").check()
    page.screenshot(path=SCREENS / "playback-desktop-light.png")
    page.get_by_role("button", name="play").click()
    page.get_by_role("button", name="pause").wait_for()
    page.get_by_role("button", name="play").wait_for()
    assert steps.count() == whole
    assert said == [], "\n".join(said)


def test_the_figures_follow_the_ledger(browser: Any, address: str, written: Path) -> None:
    page = page_at(browser, "desktop", "light", [])
    page.goto(f"{address}/run/seen")
    with Ledger.open(RunFolder(written).ledger) as ledger:
        trace = next(ledger.trajectories())
        before = ledger.counts().total.attempts
        page.wait_for_timeout(1500)
        ledger.put_attempt("no_tool-0000", 7, [trace.model_copy(update={"key": "no_tool-0000-7"})])
    page.locator("a.more").wait_for()
    assert page.locator('[data-figure="attempts"]').inner_text() == str(before + 1)
