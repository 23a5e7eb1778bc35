// Tabulator with its data tree, of the modules that this needs. Its rows below a node are made when
// the node is opened, which is what makes it quick to load.
import {
  DataTreeModule, FilterModule, FormatModule, InteractionModule, ResizeTableModule, SortModule,
  Tabulator,
} from "tabulator-tables";
import {
  assigned, available, channels, children, count, fetchGroup, finding, inUse, kind, share,
  utilization,
} from "../reply.mjs";

Tabulator.registerModule([
  DataTreeModule, FilterModule, FormatModule, InteractionModule, ResizeTableModule, SortModule,
]);

const text = (value) => document.createTextNode(value);

/** A letter and the name. */
function name(cell) {
  const entity = cell.getData();
  const [letter, label] = [document.createElement("span"), document.createElement("span")];
  letter.className = "kind";
  letter.textContent = kind(entity);
  label.className = "label";
  label.textContent = entity.name;
  const both = document.createDocumentFragment();
  both.append(letter, label);
  return both;
}

const number = (title, field, of, written, width) => ({
  title, field, width, hozAlign: "right", sorter: "number",
  formatter: (cell) => text(written(of(cell.getData()))),
});

const columns = [
  { title: "Name", field: "name", formatter: name, headerSort: false, widthGrow: 1 },
  number("Assigned", "msTeamsUsers.assigned", assigned, count, 110),
  number("In use", "msTeamsUsers.inUse", inUse, count, 110),
  number("Available", "available", available, count, 110),
  number("Utilization", "utilization", utilization, share, 140),
  number("SIP channels", "sipTrunkChannels.assigned", channels, count, 110),
  { title: "Findings", field: "finding", width: 110, formatter: (cell) => text(finding(cell.getData())) },
];

/** Whether nodes are open when their rows are made; the group always is. */
let allOpen = false;

const table = new Tabulator("#grid", {
  columns,
  height: "100%",
  layout: "fitColumns",
  // And a border of one pixel.
  rowHeight: 27,
  dataTree: true,
  dataTreeStartExpanded: (_, level) => allOpen || level === 0,
  dataTreeElementColumn: "name",
  dataTreeChildIndent: 16,
  placeholder: false,
});

let group;

/** Gives each entity its children where Tabulator looks for them. */
function link(entity) {
  const list = children(entity);
  if (list.length === 0) return;
  entity._children = list;
  list.forEach(link);
}

/** Opens what has been made already; the rows below are made open. */
function open(row) {
  if (!row.getData()._children) return;
  if (!row.isTreeExpanded()) row.treeExpand();
  else row.getTreeChildren().forEach(open);
}

/** Entities whose name contains the text, and all above them. */
function kept(entity, text, into) {
  let keep = entity.name.toLowerCase().includes(text);
  for (const child of entity._children ?? []) keep = kept(child, text, into) || keep;
  if (keep) into.add(entity);
  return keep;
}

const built = new Promise((resolve) => table.on("tableBuilt", resolve));
await built;

globalThis.contestant = {
  firstRows: ".tabulator-row:nth-child(2)",
  row: ".tabulator-row",
  name: ".label",
  scroller: ".tabulator-tableholder",
  async load(url) {
    group = await fetchGroup(url);
    link(group);
    await table.setData([group]);
  },
  expandAll() {
    // One redraw for all.
    allOpen = true;
    table.blockRedraw();
    table.getRows().forEach(open);
    table.restoreRedraw();
  },
  sortByInUse: () => table.setSort("msTeamsUsers.inUse", "desc"),
  filter(text) {
    // Its own filters drop a node together with what stands below it: what to keep is looked up.
    const wanted = new Set();
    kept(group, text.toLowerCase(), wanted);
    table.setFilter((entity) => wanted.has(entity));
  },
  clearFilter: () => table.clearFilter(),
  rows: () => table.rowManager.getDisplayRows().length,
};
