/** Seatree's elements for other pages; docs/embedding.md says what each member means. */

/** A visitor's token, or what gives one whenever one is needed. */
export type SeatreeToken =
  | string
  | ((why: SeatreeTokenNeeded) => string | Promise<string>);

export interface SeatreeTokenNeeded {
  /** None was given; the last one has ended; it was refused; a person wants to try again. */
  reason: "missing" | "expired" | "refused" | "again";
}

export interface SeatreeFigures {
  /** null where the platform sent none: unknown is never 0. */
  assigned: number | null;
  inUse: number | null;
  available: number | null;
}

export interface SeatreeNode {
  /** As in the edge's API: `tenant:UUID`, `subscription:TENANT-UUID:NUMBER`. */
  id: string;
  kind: string;
  name: string;
  /** By the platform's own keys, such as `msTeamsUsers`. */
  licenses: Record<string, SeatreeFigures>;
  findings: SeatreeFinding[];
}

export type SeatreeFinding = "over" | "near" | "idle" | "sums" | "stale" | "failed";

export interface SeatreeReady {
  nodes: number;
  /** Parts that could not be read while the rest came. */
  failed: number;
}

export interface SeatreeError {
  message: string;
  nextStep?: string;
  technical?: string;
}

export interface SeatreeEventMap {
  "seatree-ready": CustomEvent<SeatreeReady>;
  "seatree-select": CustomEvent<SeatreeNode>;
  "seatree-finding": CustomEvent<Record<SeatreeFinding, number>>;
  "seatree-token-needed": CustomEvent<SeatreeTokenNeeded>;
  "seatree-error": CustomEvent<SeatreeError>;
}

export interface SeatreeElement extends HTMLElement {
  token: SeatreeToken | undefined;
  refresh(): void;
  reveal(id: string): boolean;
  export(format: "csv" | "xlsx" | "json"): Promise<string>;
  addEventListener<K extends keyof SeatreeEventMap>(
    type: K,
    listener: (this: SeatreeElement, event: SeatreeEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

export interface SeatreeAttributes {
  edge?: string;
  connection?: string;
  scope?: string;
  node?: string;
  columns?: string;
  filter?: string;
  "read-only"?: boolean | "";
  theme?: "light" | "dark";
  density?: "roomy" | "dense";
  lang?: string;
  height?: string | number;
}

declare global {
  interface HTMLElementTagNameMap {
    "seatree-tree": SeatreeElement;
    "seatree-summary": SeatreeElement;
    "seatree-users": SeatreeElement;
  }
}
