import { difference, removedFrom, someOf, switchedOff } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { title } from "../../plan/title.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Changes in place that packets notice. */
export const networkHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_compute_subnetwork"],
    what: "range of a subnet changed or a secondary range dropped",
    why: "a range grows for ever, and firewall rules, peers and allow-lists that name the old one do not cover the new one",
    find: (change) => {
      const range = difference(change, "ip_cidr_range");
      if (range !== undefined)
        return `${title(change, "subnet")} changes its range from ${range.text}: that cannot be taken back, and what names the old range (firewall rules, peers, allow-lists) does not cover the new one.`;
      const gone = names(change, "secondary_ip_range", "range_name");
      return gone.length === 0
        ? undefined
        : `${title(change, "subnet")} loses the secondary range ${someOf(gone)}: what has its addresses in it loses them.`;
    },
  }),
  onUpdate({
    types: ["google_service_networking_connection"],
    what: "a range taken from the private services connection",
    why: "databases and caches in it are no longer reachable",
    find: (change) => {
      const gone = removedFrom(change, "reserved_peering_ranges");
      return gone.length === 0
        ? undefined
        : `the private services connection loses the range ${someOf(gone)}: databases and caches in it are not reached any more.`;
    },
  }),
  onUpdate({
    types: ["google_compute_router_nat"],
    what: "an IP address taken from Cloud NAT, or the way it gets them changed",
    why: "partners know the old addresses, and open connections are cut",
    find: (change) => {
      const gone = removedFrom(change, "nat_ips").map((id) => id.slice(id.lastIndexOf("/") + 1));
      const option = difference(change, "nat_ip_allocate_option");
      if (gone.length === 0 && option === undefined) return undefined;
      const what = gone.length > 0 ? `gives up ${someOf(gone)}` : `takes other addresses (${option?.text})`;
      return `${title(change, "Cloud NAT")} ${what}: connections through it are cut, and whoever allows only the old address refuses the services.`;
    },
  }),
  onUpdate({
    types: ["google_compute_router_nat"],
    what: "a subnet taken from Cloud NAT",
    why: "what is in it no longer reaches the internet",
    find: (change) => {
      const gone = names(change, "subnetwork", "name").map((id) => id.slice(id.lastIndexOf("/") + 1));
      return gone.length === 0
        ? undefined
        : `${title(change, "Cloud NAT")} no longer serves ${someOf(gone)}: what is in it does not reach the internet any more.`;
    },
  }),
  onUpdate({
    types: ["google_compute_subnetwork"],
    what: "Private Google Access switched off",
    why: "what has no outside address no longer reaches Google's APIs",
    find: (change) =>
      switchedOff(change, "private_ip_google_access")
        ? `${title(change, "subnet")} loses Private Google Access: what is in it reaches Google's APIs through Cloud NAT only, or not at all.`
        : undefined,
  }),
  onUpdate({
    types: ["google_dns_managed_zone"],
    what: "a network taken from a private zone",
    why: "its names are not found there any more",
    find: (change) => {
      const gone = names(change, "private_visibility_config.networks", "network_url").map((id) =>
        id.slice(id.lastIndexOf("/") + 1),
      );
      return gone.length === 0
        ? undefined
        : `${title(change, "DNS zone")} is no longer seen from ${someOf(gone)}: its names are not found there.`;
    },
  }),
  onUpdate({
    types: ["google_dns_record_set"],
    what: "a value taken from a DNS record of several",
    why: "clients that have it keep trying it until the record's time to live is over",
    find: (change) => {
      const gone = removedFrom(change, "rrdatas");
      const before = change.before.get("rrdatas");
      return gone.length === 0 || !Array.isArray(before) || before.length < 2
        ? undefined
        : `${title(change, "DNS record")} no longer gives ${someOf(gone)}: traffic to it ends within the record's time to live.`;
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
