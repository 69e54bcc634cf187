import { type Block, isUnknown, type Value } from "../../graph/index.ts";
import { enumerated } from "../../values/enumerated.ts";
import { AFTER_APPLY } from "./differences.ts";
import type { PlannedChange } from "./planned-change.ts";

/** An attribute that differs, both sides as text. */
export interface Difference {
  readonly was: string;
  readonly now: string;
  /** "400 to 200" */
  readonly text: string;
}

/** How the attribute differs; undefined where it does not, or where it is not known after. */
export function difference(change: PlannedChange, path: string): Difference | undefined {
  const [was, now] = [valueText(change.before.get(path)), valueText(change.after.get(path))];
  if (was === now || now === AFTER_APPLY) return undefined;
  return { was, now, text: `${was} to ${now}` };
}

/** A number that goes down. */
export function lowered(change: PlannedChange, path: string): Difference | undefined {
  const [was, now] = [change.before.number(path), change.after.number(path)];
  return was === undefined || now === undefined || now >= was
    ? undefined
    : { was: String(was), now: String(now), text: `${was} to ${now}` };
}

/** True where a switch that was on is off afterwards, written or left out. */
export function switchedOff(change: PlannedChange, path: string): boolean {
  return change.before.boolean(path) === true && isOff(change.after.get(path));
}

export function switchedOn(change: PlannedChange, path: string): boolean {
  return change.before.boolean(path) !== true && change.after.boolean(path) === true;
}

function isOff(value: Value | undefined): boolean {
  return !isUnknown(value) && value !== true && value !== "true";
}

/** Elements of a list of plain values that are gone afterwards. */
export function removedFrom(change: PlannedChange, path: string): string[] {
  const after = change.after.get(path);
  if (isUnknown(after)) return [];
  const left = new Set(plain(change.after, path));
  return plain(change.before, path).filter((item) => !left.has(item));
}

export function addedTo(change: PlannedChange, path: string): string[] {
  const there = new Set(plain(change.before, path));
  return plain(change.after, path).filter((item) => !there.has(item));
}

/** The known plain elements of a list; a self link and an id that end in the same path are the same. */
function plain(block: Block, path: string): string[] {
  const value = block.get(path);
  const list: readonly Value[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list
    .filter((item) => typeof item === "string" || typeof item === "number")
    .map((item) =>
      String(item).replace(/^https:\/\/(www|compute)\.googleapis\.com\/compute\/(v1|beta)\//, ""),
    );
}

/** "10", "not set", "(known after apply)". */
export function valueText(value: Value | undefined): string {
  if (value === undefined || value === null || value === "") return "not set";
  if (isUnknown(value)) return AFTER_APPLY;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** At most so many of the items by name, and how many more there are. */
export function someOf(items: readonly string[], most = 5): string {
  return items.length <= most
    ? enumerated(items)
    : `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}
