import { type Block, isUnknown } from "../../../graph/index.ts";
import { contains, parseRange } from "../../../values/ranges.ts";
import { removedFrom, someOf, switchedOn } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** What a rule is about, beside ranges: without any of them it is about everything. */
const SELECTORS = ["source_tags", "target_tags", "source_service_accounts", "target_service_accounts"];

/** Changes in place of firewall rules; where one lets in more than before, the rule book judges what comes of it. */
export const firewallHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_compute_firewall"],
    what: "a firewall rule switched off",
    why: "what it allowed is dropped, or what it denied is let through",
    find: (change) =>
      switchedOn(change, "disabled")
        ? `${title(change, "firewall rule")} is SWITCHED OFF: ${change.before.blocks("deny").length > 0 ? "what it denied is let through" : "what it allowed is dropped unless another rule allows it"}.`
        : undefined,
  }),
  onUpdate({
    types: ["google_compute_firewall"],
    what: "a range, port or tag taken from a firewall rule",
    why: "what it allowed is dropped, or what it denied is let through",
    find: (change) => {
      const gone = [
        ...["source_ranges", "destination_ranges"].flatMap((path) => uncovered(change, path)),
        ...SELECTORS.flatMap((path) =>
          change.after.get(path) === undefined ? [] : removedFrom(change, path),
        ),
        ...["allow", "deny"].flatMap((kind) => lessOf(change, kind)),
      ];
      const denies = change.before.blocks("deny").length > 0;
      return gone.length === 0
        ? undefined
        : `${title(change, "firewall rule")} no longer ${denies ? "denies" : "allows"} ${someOf(gone)}: ${denies ? "that is let through" : "that is dropped unless another rule allows it"}.`;
    },
  }),
];

/** Ranges that were named and lie in none of those that are left. */
function uncovered(change: PlannedChange, path: string): string[] {
  const after = change.after.get(path);
  const left = (Array.isArray(after) ? after : []).flatMap((range) => parseRange(range) ?? []);
  return removedFrom(change, path).filter((written) => {
    const range = parseRange(written);
    return range === undefined || !left.some((other) => contains(other, range));
  });
}

/** Protocols and ports that were named and are not covered by those that are left: "tcp 443". */
function lessOf({ before, after }: PlannedChange, kind: string): string[] {
  const left = after.blocks(kind);
  if (isUnknown(after.get(kind)) || left.some((way) => isUnknown(way.get("ports")))) return [];
  return before.blocks(kind).flatMap((way) => {
    const protocol = way.string("protocol") ?? "";
    const same = left.filter((other) => ["all", protocol].includes(other.string("protocol") ?? ""));
    if (same.some((other) => portsOf(other).length === 0)) return [];
    const ports = portsOf(way);
    if (ports.length === 0) return [protocol];
    const open = same.flatMap(portsOf);
    return ports
      .filter((port) => !open.some((other) => holds(other, port)))
      .map((port) => `${protocol} ${port}`);
  });
}

function portsOf(way: Block): string[] {
  const ports = way.get("ports");
  return Array.isArray(ports) ? ports.map(String) : [];
}

/** "8000-9000" holds "8080". */
function holds(range: string, port: string): boolean {
  const [first = 0, last = first] = range.split("-").map(Number);
  const [from = 0, to = from] = port.split("-").map(Number);
  return first <= from && to <= last;
}
