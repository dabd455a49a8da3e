import "./live.js";
import "./rows.js";
import { judge } from "./notes.js";
import { scrub, toggle } from "./playback.js";

// Keys and row clicks. Every page works without this file; it only saves hands.

const help = document.querySelector("dialog.help");
document.querySelector(".help-button")?.addEventListener("click", () => help.showModal());

const rows = () => [...document.querySelectorAll("tr[data-open]")];
const steps = [...document.querySelectorAll("article.step")];
let chosen = null;

function choose(by) {
  const all = rows();
  if (!all.length) return follow(`nav.pages a[rel="${by > 0 ? "next" : "prev"}"]`);
  const from = all.indexOf(chosen);
  const inSight = all.findIndex((row) => row.getBoundingClientRect().top > 60);
  chosen?.classList.remove("chosen");
  chosen = all[from < 0 ? Math.max(inSight, 0) : Math.min(Math.max(from + by, 0), all.length - 1)];
  chosen.classList.add("chosen");
  chosen.scrollIntoView({ block: "nearest" });
}

function here() {
  const shown = steps.findIndex((step) => step.getBoundingClientRect().bottom > 60);
  const focused = steps.indexOf(document.activeElement?.closest("article.step"));
  return focused >= 0 ? focused : shown;
}

function go(step) {
  if (!step) return;
  history.replaceState(null, "", `#${step.id}`);
  step.focus({ preventScroll: true });
  step.scrollIntoView({ block: "start" });
}

function move(by) {
  const focused = steps.indexOf(document.activeElement?.closest("article.step"));
  go(steps[focused < 0 ? (by > 0 ? 0 : steps.length - 1) : focused + by]);
}

function nextBad() {
  const bad = steps.filter((step) => step.classList.contains("fail") || step.classList.contains("error"));
  const from = steps.indexOf(document.activeElement?.closest("article.step"));
  go(bad.find((step) => steps.indexOf(step) > from) ?? bad[0]);
}

const follow = (selector) => document.querySelector(selector)?.click();

const keys = {
  j: () => choose(1),
  k: () => choose(-1),
  Enter: () => chosen?.querySelector("a")?.click(),
  n: () => move(1),
  p: () => move(-1),
  " ": toggle,
  ArrowRight: () => scrub(1),
  ArrowLeft: () => scrub(-1),
  ".": nextBad,
  a: () => judge("good"),
  x: () => judge("bad"),
  "/": () => document.querySelector(".filters input[type=search]")?.focus(),
  u: () => follow("[data-up]"),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target.closest("input, select, textarea, button, summary, a") && event.key !== "." && !/^[jknpuax?]$/.test(event.key)) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === " " && !steps.length) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A phone has room for the words alone; the rest opens below them.
if (matchMedia("(max-width: 760px)").matches) document.querySelector(".by")?.removeAttribute("open");

document.querySelector(".filters")?.addEventListener("change", (event) => event.target.form.requestSubmit());
