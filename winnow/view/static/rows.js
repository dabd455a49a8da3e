// A long table: the next rows come before its end is reached, and rows far out of sight are taken off the page until they are wanted again.

const table = document.querySelector("table.dense");
const pages = document.querySelector("nav.pages");
const HEIGHT = 28;
const AHEAD = { rootMargin: "1500px" };
const AWAY = { rootMargin: "6000px" };

// A page of rows out of sight is one row as high as they were.
const away = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) target.unfold?.();
    else if (target.rows.length > 1) fold(target);
  }
}, AWAY);

function fold(body) {
  const held = document.createDocumentFragment();
  const gap = document.createElement("tr");
  const cell = gap.appendChild(document.createElement("td"));
  cell.colSpan = 11;
  gap.style.height = `${body.rows.length * HEIGHT}px`;
  held.append(...body.childNodes);
  body.append(gap);
  body.unfold = () => {
    body.replaceChildren(held);
    delete body.unfold;
  };
}

let loading = false;

async function more(link) {
  if (loading) return;
  loading = true;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const body = table.appendChild(document.adoptNode(page.querySelector("table.dense tbody")));
    away.observe(body);
    const next = page.querySelector('nav.pages a[rel="next"]');
    if (next) link.replaceWith(document.adoptNode(next));
    else link.remove();
    watch();
  } finally {
    loading = false;
  }
}

// Watching anew tells at once whether the end is still near: a high window may want several pages.
const ahead = new IntersectionObserver((entries) => {
  const link = pages.querySelector('a[rel="next"]');
  if (link && entries.some((entry) => entry.isIntersecting)) more(link);
}, AHEAD);

function watch() {
  ahead.disconnect();
  ahead.observe(pages);
}

if (table && pages) {
  away.observe(table.tBodies[0]);
  watch();
}
