"use strict";
// Sorts a table by the column whose heading is clicked; once more: the other way round.
function sortBy(heading) {
  const table = heading.closest("table");
  const column = Array.from(heading.parentNode.children).indexOf(heading);
  const down = heading.getAttribute("aria-sort") === "ascending";
  const body = table.tBodies[0];
  const key = (row) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  };
  const isMissing = (value) => value === "" || Number.isNaN(value);
  const rows = Array.from(body.rows, (row) => [key(row), row]);
  rows.sort(([a], [b]) => {
    if (isMissing(a) || isMissing(b)) return isMissing(a) - isMissing(b); // what is missing stays last
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
    return down ? -order : order;
  });
  for (const other of heading.parentNode.children) other.setAttribute("aria-sort", "none");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows.map(([, row]) => row));
}

// Shows only the rows of a table that hold the words that were typed.
function filterRows(input) {
  const words = input.value.toLowerCase();
  for (const row of document.getElementById(input.dataset.table).tBodies[0].rows) {
    row.hidden = !row.textContent.toLowerCase().includes(words);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("thead button");
  if (button) sortBy(button.closest("th"));
});
document.addEventListener("input", (event) => {
  if (event.target.dataset.table) filterRows(event.target);
});
