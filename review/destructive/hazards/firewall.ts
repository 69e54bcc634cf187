import { type Block, isUnknown } from "../../../graph/index.ts";
import { byText } from "../../../values/by-text.ts";
import { containsAny, parseRange } from "../../../values/ranges.ts";
import { removedFrom, someOf, switchedOn } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Selectors of a rule in addition to ranges: without any of them it applies to everything. */
const SELECTORS = ["source_tags", "target_tags", "source_service_accounts", "target_service_accounts"];

/** Changes in place of firewall rules; rules that admit more than before are left to the rule book. */
export const firewallHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_compute_firewall"],
    what: "a firewall rule switched off",
    why: "traffic that it allowed is dropped, or traffic that it denied is let through",
    find: (change) =>
      switchedOn(change, "disabled")
        ? `${title(change, "firewall rule")} is SWITCHED OFF: ${change.before.blocks("deny").length > 0 ? "traffic that it denied is let through" : "traffic that it allowed is dropped unless another rule allows it"}.`
        : undefined,
  }),
  onUpdate({
    types: ["google_compute_firewall"],
    what: "a range, port or tag removed from a firewall rule",
    why: "traffic that it allowed is dropped, or traffic that it denied is let through",
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

/** Removed ranges that no remaining range contains. */
function uncovered(change: PlannedChange, path: string): string[] {
  const after = change.after.get(path);
  const isLeft = containsAny((Array.isArray(after) ? after : []).flatMap((range) => parseRange(range) ?? []));
  return removedFrom(change, path).filter((written) => {
    const range = parseRange(written);
    return range === undefined || !isLeft(range);
  });
}

/** Removed protocols and ports that no remaining entry covers: "tcp 443". */
function lessOf({ before, after }: PlannedChange, kind: string): string[] {
  const left = after.blocks(kind);
  if (isUnknown(after.get(kind)) || left.some((way) => isUnknown(way.get("ports")))) return [];
  const openOf = byText((protocol) => {
    const same = left
      .filter((other) => ["all", protocol].includes(other.string("protocol") ?? ""))
      .map(portsOf);
    return { all: same.some((ports) => ports.length === 0), holds: containsAny(same.flat().map(portRange)) };
  });
  return before.blocks(kind).flatMap((way) => {
    const protocol = way.string("protocol") ?? "";
    const open = openOf(protocol);
    if (open.all) return [];
    const ports = portsOf(way);
    if (ports.length === 0) return [protocol];
    return ports.filter((port) => !open.holds(portRange(port))).map((port) => `${protocol} ${port}`);
  });
}

function portsOf(way: Block): string[] {
  const ports = way.get("ports");
  return Array.isArray(ports) ? ports.map(String) : [];
}

/** "8000-9000", or "8080" alone. */
function portRange(port: string): { readonly first: number; readonly last: number } {
  const [first = 0, last = first] = port.split("-").map(Number);
  return { first, last };
}
