// Notes: what a person says of a step or of the trace, sent with the token for changes and then shown as text.

const token = document.querySelector('meta[name="winnow-token"]')?.content;
const status = document.querySelector("#said");

function tell(text) {
  if (status) status.textContent = text;
}

function line(note) {
  const item = document.createElement("p");
  item.className = `note ${note.kind}`;
  item.textContent = [{ good: "✓ good", bad: "✗ bad" }[note.kind], note.text].filter(Boolean).join(": ");
  const by = document.createElement("span");
  by.className = "dim";
  by.textContent = ` ${note.author}`;
  item.append(by);
  return item;
}

async function send(place, kind, text) {
  const step = place.dataset.step === undefined ? null : Number(place.dataset.step);
  const answer = await fetch(`${location.pathname}/notes`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-winnow-token": token },
    body: JSON.stringify({ step, kind, text }),
  }).catch(() => null);
  if (!answer?.ok) return tell(answer ? await answer.text() : "The server does not answer.");
  place.querySelector(".notes").append(line(await answer.json()));
  place.querySelector("textarea").value = "";
  place.querySelector("details").open = false;
  tell(`noted: ${step === null ? "the trace" : `step ${step}`} ${kind}`);
}

for (const form of document.querySelectorAll("form.remark")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form.closest(".remarks"), event.submitter?.value ?? "", form.elements.text.value);
  });
}

// The step that is focused, or the whole trace where none is.
export function judge(kind) {
  const step = document.activeElement?.closest("article.step");
  const place = (step ?? document).querySelector(".remarks");
  if (place) send(place, kind, "");
}
