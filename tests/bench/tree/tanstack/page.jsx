// TanStack Table with TanStack Virtual in React, put together as their guides do: expanding,
// filtering from the leaves, sorting, and a virtual list of the rows that remain. Rows are
// memoized, so that scrolling renders only those that come into sight.
import {
  columnFilteringFeature, createExpandedRowModel, createFilteredRowModel, createSortedRowModel,
  filterFn_includesString, rowExpandingFeature, rowSortingFeature, sortFn_basic, tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import {
  assigned, available, channels, children, count, fetchGroup, finding, inUse, kind, share,
  utilization,
} from "../reply.mjs";

const ROW_HEIGHT = 28;
const MARGIN_ROWS = 8;

const features = tableFeatures({
  columnFilteringFeature, rowExpandingFeature, rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  expandedRowModel: createExpandedRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { basic: sortFn_basic },
});

const number = (id, header, accessorFn, written) =>
  ({ id, header, accessorFn, sortFn: "basic", enableColumnFilter: false, meta: { written } });

const columns = [
  { id: "name", header: "Name", accessorKey: "name", filterFn: "includesString" },
  number("assigned", "Assigned", assigned, count),
  number("inUse", "In use", inUse, count),
  number("available", "Available", available, count),
  number("utilization", "Utilization", utilization, share),
  number("channels", "SIP channels", channels, count),
  { id: "finding", header: "Findings", accessorFn: finding, enableColumnFilter: false },
];

const NOTHING = [];
// The group is open, as in Seatree. Rows are named after their place.
const OPEN = { 0: true };

const Row = memo(function Row({ row, open, start }) {
  return (
    <div className="row" role="row" style={{ transform: `translateY(${start}px)` }}>
      {row.getAllCells().map((cell) => {
        const { id, columnDef } = cell.column;
        if (id === "name") {
          return (
            <span key={id} role="gridcell" style={{ paddingInlineStart: 8 + row.depth * 16 }}>
              <button className="caret" onClick={row.getToggleExpandedHandler()}>
                {row.getCanExpand() ? (open ? "▾" : "▸") : ""}
              </button>
              <span className="kind">{kind(row.original)}</span>
              <span className="label">{cell.getValue()}</span>
            </span>
          );
        }
        const { written } = columnDef.meta ?? {};
        const value = cell.getValue();
        return (
          <span key={id} role="gridcell" className={written && "num"}>
            {written ? written(value) : value}
          </span>
        );
      })}
    </div>
  );
});

function Body({ rows }) {
  const scroller = useRef(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: useCallback(() => scroller.current, []),
    estimateSize: useCallback(() => ROW_HEIGHT, []),
    overscan: MARGIN_ROWS,
  });
  return (
    <div className="body" ref={scroller}>
      <div className="space" style={{ blockSize: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return <Row key={row.id} row={row} open={row.getIsExpanded()} start={start} />;
        })}
      </div>
    </div>
  );
}

let table;
let show;

function Grid() {
  const [data, setData] = useState(NOTHING);
  show = setData;
  table = useTable({
    features, columns, data,
    getSubRows: children,
    filterFromLeafRows: true,
    autoResetAll: false,
    initialState: { expanded: OPEN },
  });
  const { rows } = table.getRowModel();
  return (
    <div className="grid" role="treegrid">
      <div className="head" role="row">
        {columns.map(({ id, header }) => <span key={id} role="columnheader">{header}</span>)}
      </div>
      <Body rows={rows} />
    </div>
  );
}

createRoot(document.getElementById("grid")).render(<Grid />);

// What a click does is rendered at once; so is this.
globalThis.contestant = {
  firstRows: ".row:nth-child(2)",
  row: ".row",
  name: ".label",
  scroller: ".body",
  async load(url) {
    const group = await fetchGroup(url);
    flushSync(() => show([group]));
  },
  expandAll: () => flushSync(() => table.toggleAllRowsExpanded(true)),
  sortByInUse: () => flushSync(() => table.setSorting([{ id: "inUse", desc: true }])),
  filter: (text) => flushSync(() => table.setColumnFilters([{ id: "name", value: text }])),
  clearFilter: () => flushSync(() => table.setColumnFilters([])),
  rows: () => table.getRowModel().rows.length,
};
