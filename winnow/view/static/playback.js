// Playback: the steps appear one after another, evenly or as long as they took (gaps are cut at two seconds).

const LONGEST = 2000;
const EVEN = 1000;
const steps = [...document.querySelectorAll("article.step")];
const bar = document.querySelector(".playback");
const knob = bar?.querySelector('input[type="range"]');
let timer = null;

function chosen(name) {
  return bar.querySelector(`input[name="${name}"]:checked`).value;
}

function gap(step) {
  const took = chosen("pace") === "even" ? EVEN : Math.min(1000 * Number(step.dataset.took), LONGEST);
  return Math.max(took, 50) / Number(chosen("speed"));
}

function upTo(count) {
  knob.value = count;
  steps.forEach((step, place) => step.classList.toggle("unplayed", place >= count));
  bar.querySelector("output").textContent = `${count} of ${steps.length}`;
}

function stop() {
  clearTimeout(timer);
  timer = null;
  bar.querySelector("button").textContent = "▶ play";
}

function tick() {
  const count = Number(knob.value);
  if (count >= steps.length) return stop();
  timer = setTimeout(() => {
    upTo(count + 1);
    steps[count].scrollIntoView({ block: "nearest" });
    tick();
  }, gap(steps[count]));
}

export function toggle() {
  if (!bar) return;
  if (timer !== null) return stop();
  if (Number(knob.value) >= steps.length) upTo(0);
  bar.querySelector("button").textContent = "❚❚ pause";
  tick();
}

export function scrub(by) {
  if (!bar) return;
  stop();
  upTo(Math.min(Math.max(Number(knob.value) + by, 0), steps.length));
  steps[Number(knob.value) - 1]?.scrollIntoView({ block: "nearest" });
}

if (bar) {
  bar.hidden = false;
  bar.querySelector("button").addEventListener("click", toggle);
  knob.addEventListener("input", () => {
    stop();
    upTo(Number(knob.value));
  });
}
