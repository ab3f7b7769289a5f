"use strict";
(() => {
  const table = document.querySelector("table.students");
  const tools = document.querySelector(".tools");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const said = tools.querySelector("output");
  const search = tools.querySelector("input");
  const chosen = [...tools.querySelectorAll("select")];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  function keyed(row, column) {
    const cell = row.cells[column];
    const value = cell.dataset.value;
    return value === undefined ? cell.textContent.trim() : Number(value);
  }

  function compare(a, b) {
    return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b);
  }

  function sort(heading, column) {
    const numeric = heading.classList.contains("number");
    const now = heading.getAttribute("aria-sort");
    const next = now ? (now === "ascending" ? "descending" : "ascending") : numeric ? "descending" : "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", next);
    const sign = next === "ascending" ? 1 : -1;
    const keys = new Map(rows.map((row) => [row, keyed(row, column)]));
    body.replaceChildren(...[...rows].sort((a, b) => sign * compare(keys.get(a), keys.get(b))));
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => texts.get(row).includes(word))
        && chosen.every(({ name, value }) => !value || row.dataset[name].split(" ").includes(value));
      row.hidden = !fits;
      shown += fits;
    }
    said.textContent = said.dataset.text.replace("{n}", shown).replace("{all}", rows.length);
  }

  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading, column));
    heading.append(button);
  });
  search.addEventListener("input", filter);
  for (const one of chosen) one.addEventListener("change", filter);
  tools.hidden = false;
  filter();
})();
