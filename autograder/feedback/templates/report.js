"use strict";
const table = document.getElementById("students");
const body = table.tBodies[0];
const rows = [...body.rows];
const headings = [...table.tHead.rows[0].cells];
const search = document.getElementById("search");
const compare = new Intl.Collator(document.documentElement.lang).compare;

// Letters only: "jose" finds "José".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const searched = new Map(rows.map((row) => [row, plain(row.textContent)]));

function sortBy(column) {
  const heading = headings[column];
  const descending = heading.getAttribute("aria-sort") === "ascending";
  headings.forEach((each) => each.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const isNumber = heading.classList.contains("number");
  const order = isNumber ? (a, b) => a - b : compare;
  const key = new Map(rows.map((row) => [row, row.cells[column].textContent.trim()]));
  const sorted = [...rows].sort((one, other) => {
    const [a, b] = [key.get(one), key.get(other)];
    if (!a || !b) return a ? -1 : b ? 1 : 0; // what is empty comes last
    return descending ? order(b, a) : order(a, b);
  });
  body.append(...sorted);
}

function filter() {
  const words = plain(search.value).split(/\s+/);
  let found = 0;
  for (const row of rows) {
    row.hidden = !words.every((word) => searched.get(row).includes(word));
    found += row.hidden ? 0 : 1;
  }
  document.getElementById("found").textContent = search.value.trim() ? `${found} / ${rows.length}` : "";
}

headings.forEach((heading, column) => heading.firstElementChild.addEventListener("click", () => sortBy(column)));
search.addEventListener("input", filter);
