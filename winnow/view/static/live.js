// A run under way: the figures at the head follow the ledger; rows are left alone, for nobody wants them to move under the hand.

const head = document.querySelector(".figures[data-events]");
if (head) {
  const events = new EventSource(head.dataset.events);
  let before = null;
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    for (const place of head.querySelectorAll("[data-figure]")) {
      const value = now[place.dataset.figure];
      place.textContent = value.toLocaleString("en-US");
    }
    if (before !== null && now.attempts !== before) document.querySelector(".more").hidden = false;
    before = now.attempts;
  };
  addEventListener("pagehide", () => events.close());
}
