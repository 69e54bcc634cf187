import { isUnknown } from "../../graph/index.ts";
import { addedTo, difference, removedFrom, someOf, valueText } from "../plan/compare.ts";
import { title } from "../plan/title.ts";
import type { ImpactDescription } from "./impact.ts";

const last = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** Subnets, firewall rules, NAT, addresses, DNS records. */
export const network: readonly ImpactDescription[] = [
  {
    types: ["google_compute_subnetwork"],
    describe: (change) =>
      change.action === "create"
        ? [`${title(change, "subnet")} is created with ${valueText(change.after.get("ip_cidr_range"))}.`]
        : [],
  },
  {
    types: ["google_compute_firewall"],
    describe: (change) => {
      const name = title(change, "firewall rule");
      const { after, action } = change;
      if (action === "create") {
        const verb = after.blocks("deny").length > 0 ? "denies" : "allows";
        const ways = after.blocks(verb === "denies" ? "deny" : "allow").map((way) => {
          const ports = way.get("ports");
          return `${way.string("protocol") ?? "?"}${Array.isArray(ports) && ports.length > 0 ? ` ${ports.join(", ")}` : ""}`;
        });
        return [
          `${name} ${verb} ${someOf(ways)} (${(after.string("direction") ?? "INGRESS").toLowerCase()}).`,
        ];
      }
      if (action !== "update") return [];
      const ranges = ["source_ranges", "destination_ranges"].flatMap((path) => [
        ...addedTo(change, path).map((range) => `+${range}`),
        ...removedFrom(change, path).map((range) => `-${range}`),
      ]);
      return ranges.length === 0 ? [] : [`${name} changes its ranges: ${someOf(ranges, 8)}.`];
    },
  },
  {
    types: ["google_compute_router_nat"],
    describe: (change) => {
      const added = addedTo(change, "nat_ips").map(last);
      return change.action === "update" && added.length > 0
        ? [`${title(change, "Cloud NAT")} also uses ${someOf(added)}: partners must allow it too.`]
        : [];
    },
  },
  {
    types: ["google_dns_record_set"],
    describe: (change) => {
      if (change.action !== "update") return [];
      const [gone, added] = [removedFrom(change, "rrdatas"), addedTo(change, "rrdatas")];
      if (isUnknown(change.after.get("rrdatas")))
        return [`${title(change, "DNS record")} gets another value, which is known after apply.`];
      // Removals alone are reported as destructive changes.
      if (added.length === 0) return [];
      const ttl = difference(change, "ttl")?.was ?? change.before.string("ttl") ?? "its";
      return [
        gone.length === 0
          ? `${title(change, "DNS record")} also returns ${someOf(added)}: clients follow within ${ttl} seconds.`
          : `${title(change, "DNS record")} changes from ${someOf(gone)} to ${someOf(added)}: clients follow within ${ttl} seconds.`,
      ];
    },
  },
  {
    types: ["google_compute_global_address", "google_compute_address"],
    describe: (change) =>
      change.action === "create" && change.after.string("purpose") !== "VPC_PEERING"
        ? [`${title(change, "address")} is reserved; Google chooses the address.`]
        : [],
  },
];
