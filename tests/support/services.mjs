// The page of services, by role and name, and what it must show of the sandbox's truth.
import { written } from "./page.mjs";

/** The names that the vendor's pages give license types, or that follow from them. */
const TYPES = [
  "Hosted Essentials", "Hosted Essentials Plus", "Hosted Pro", "OC Essentials", "OC Essentials Plus", "OC Pro",
];

export const typeName = (number) => TYPES[number] ?? `type ${number}`;

export function list(page) {
  return page.getByRole("grid", { name: "Services" });
}

/** Rows of its header: columns, then sums. */
export const HEAD_ROWS = 2;

/** What the rows in the document say, in their order. */
export async function shownRows(page) {
  const rows = await list(page).locator(".grid-space > [role=row]:not([hidden])").evaluateAll((rows) =>
    rows.map((row) => ({
      index: Number(row.getAttribute("aria-rowindex")),
      name: row.querySelector(".label").textContent,
      cells: [...row.querySelectorAll(":scope > [role=gridcell]")].map((cell) => cell.innerText.trim()),
      findings: [...row.querySelectorAll(".finding [role=img]")].map((sign) => sign.ariaLabel),
    })));
  return rows.sort((a, b) => a.index - b.index);
}

export async function shownNames(page) {
  return (await shownRows(page)).map(({ name }) => name);
}

/** Waits until exactly these services are shown, in this order. */
export async function namesAre(page, names) {
  await page.waitForFunction(([names, head]) => {
    const grid = document.querySelector("[role=grid][aria-label=Services]");
    if (grid?.ariaRowCount !== String(names.length + head)) return false;
    const rows = [...grid.querySelectorAll(".grid-space > [role=row]:not([hidden])")]
      .map((row) => [Number(row.ariaRowIndex), row.querySelector(".label").textContent])
      .sort(([a], [b]) => a - b);
    return JSON.stringify(rows.map(([, name]) => name)) === JSON.stringify(names);
  }, [names, HEAD_ROWS]);
}

/** What the cells of a service's row must say, up to its factors. */
export function expectedCells(service) {
  const { acquired, licensed, not_counted: off, counted } = service;
  const isOff = Object.values(counted).includes(false);
  return [
    typeName(service.license_type), written(acquired), written(licensed), written(acquired - licensed),
    acquired > 0 ? `${Math.round((licensed / acquired) * 100)}%` : "–",
    off > 0 ? `${written(off)} not counted` : isOff ? "a factor is off" : "all counted",
  ];
}

export function details(page) {
  return page.getByRole("complementary", { name: "Details" });
}

/** Shows the details of a service whose row is in the document. */
export async function openDetails(page, name) {
  await list(page).getByRole("row").filter({ has: page.getByText(name, { exact: true }) }).first().click();
  await details(page).getByRole("heading", { level: 2, name, exact: true }).waitFor();
  return details(page);
}
