import { difference, removedFrom, someOf, switchedOff } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Changes in place that affect network traffic. */
export const networkHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_compute_subnetwork"],
    what: "range of a subnet changed or a secondary range removed",
    why: "a range cannot shrink again, and firewall rules, peers and allow-lists of the old one do not cover the new one",
    find: (change) => {
      const range = difference(change, "ip_cidr_range");
      if (range !== undefined)
        return `${title(change, "subnet")} changes its range from ${range.text}: that cannot be undone, and firewall rules, peers and allow-lists of the old range do not cover the new one.`;
      const gone = names(change, "secondary_ip_range", "range_name");
      return gone.length === 0
        ? undefined
        : `${title(change, "subnet")} loses the secondary range ${someOf(gone)}: resources with addresses in it lose them.`;
    },
  }),
  onUpdate({
    types: ["google_service_networking_connection"],
    what: "a range removed from the private services connection",
    why: "databases and caches in it become unreachable",
    find: (change) => {
      const gone = removedFrom(change, "reserved_peering_ranges");
      return gone.length === 0
        ? undefined
        : `the private services connection loses the range ${someOf(gone)}: databases and caches in it become unreachable.`;
    },
  }),
  onUpdate({
    types: ["google_compute_router_nat"],
    what: "an IP address removed from Cloud NAT, or its allocation changed",
    why: "open connections are cut, and partners allow only the old addresses",
    find: (change) => {
      const gone = removedFrom(change, "nat_ips").map((id) => id.slice(id.lastIndexOf("/") + 1));
      const option = difference(change, "nat_ip_allocate_option");
      if (gone.length === 0 && option === undefined) return undefined;
      const what =
        gone.length > 0 ? `releases ${someOf(gone)}` : `changes its address allocation (${option?.text})`;
      return `${title(change, "Cloud NAT")} ${what}: connections through it are cut, and partners that allow only the old address reject the services.`;
    },
  }),
  onUpdate({
    types: ["google_compute_router_nat"],
    what: "a subnet removed from Cloud NAT",
    why: "workloads in it can no longer reach the internet",
    find: (change) => {
      const gone = names(change, "subnetwork", "name").map((id) => id.slice(id.lastIndexOf("/") + 1));
      return gone.length === 0
        ? undefined
        : `${title(change, "Cloud NAT")} no longer serves ${someOf(gone)}: workloads in it can no longer reach the internet.`;
    },
  }),
  onUpdate({
    types: ["google_compute_subnetwork"],
    what: "Private Google Access switched off",
    why: "workloads without an external address can no longer reach Google's APIs",
    find: (change) =>
      switchedOff(change, "private_ip_google_access")
        ? `${title(change, "subnet")} loses Private Google Access: workloads in it reach Google's APIs through Cloud NAT only, or not at all.`
        : undefined,
  }),
  onUpdate({
    types: ["google_dns_managed_zone"],
    what: "a network removed from a private zone",
    why: "its names no longer resolve there",
    find: (change) => {
      const gone = names(change, "private_visibility_config.networks", "network_url").map((id) =>
        id.slice(id.lastIndexOf("/") + 1),
      );
      return gone.length === 0
        ? undefined
        : `${title(change, "DNS zone")} is no longer visible in ${someOf(gone)}: its names do not resolve there.`;
    },
  }),
  onUpdate({
    types: ["google_dns_record_set"],
    what: "one of several values removed from a DNS record",
    why: "clients keep using it until the record's TTL expires",
    find: (change) => {
      const gone = removedFrom(change, "rrdatas");
      const before = change.before.get("rrdatas");
      return gone.length === 0 || !Array.isArray(before) || before.length < 2
        ? undefined
        : `${title(change, "DNS record")} no longer returns ${someOf(gone)}: traffic to it ends within the record's TTL.`;
    },
  }),
];

/** Names of the blocks at the path that are gone afterwards. */
function names(change: PlannedChange, path: string, name: string): string[] {
  if (change.after.get(path) === undefined && change.before.blocks(path).length === 0) return [];
  const of = (block: PlannedChange["before"]) =>
    block.blocks(path).flatMap((each) => each.string(name) ?? []);
  const left = new Set(of(change.after));
  return of(change.before).filter((each) => !left.has(each));
}
