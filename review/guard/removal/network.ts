import { durations } from "../../durations.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import { type Surroundings, services } from "../../surroundings.ts";
import type { Removal } from "./removal.ts";

/** What packets go through. */
export const networkRemovals: readonly Removal[] = [
  {
    types: ["google_vpc_access_connector"],
    noun: "connector",
    destroyed: (change, around) => whoLoses(change, around, "the VPC for good"),
    replaced: (change, around) =>
      change.createBeforeDestroy
        ? "the new one is made first; instances that still run on the old one lose the VPC when it goes"
        : whoLoses(change, around, `the VPC for ${durations.connectorReplaced.value}`),
  },
  {
    types: ["google_compute_network"],
    noun: "VPC network",
    destroyed: "everything in it loses its private addresses; the apply fails while something is in it",
    replaced: "everything in it loses its private addresses; the apply fails while something is in it",
  },
  {
    types: ["google_compute_subnetwork"],
    noun: "subnet",
    destroyed: (change, around) => subnet(change, around),
    replaced: (change, around) => subnet(change, around),
  },
  {
    types: ["google_service_networking_connection", "google_compute_network_peering"],
    noun: "private services connection",
    destroyed: ({ before }) =>
      before.string("deletion_policy") === "ABANDON"
        ? undefined
        : "nothing in the VPC reaches the database and Redis any more, or the apply fails while they use it",
    replaced: "nothing in the VPC reaches the database and Redis until the new one is there",
  },
  {
    types: ["google_compute_address", "google_compute_global_address"],
    noun: "address",
    destroyed: ({ before }) => released(before.string("address"), before.string("purpose")),
    replaced: ({ before }) => released(before.string("address"), before.string("purpose")),
  },
  {
    types: ["google_compute_router_nat"],
    noun: "Cloud NAT",
    destroyed: "nothing in the VPC reaches the internet any more, and all open connections are cut",
    replaced:
      "nothing in the VPC reaches the internet until the new one is there, and all open connections are cut",
  },
  {
    types: ["google_compute_router"],
    noun: "router",
    destroyed: "its Cloud NAT and its VPN go with it: nothing behind it reaches the outside any more",
    replaced: "its Cloud NAT and its VPN go with it until the new one is there",
  },
  {
    types: [
      "google_compute_firewall",
      "google_compute_firewall_policy_rule",
      "google_compute_network_firewall_policy_rule",
    ],
    noun: "firewall rule",
    destroyed: ({ before }) => firewall(before.blocks("deny").length > 0, "for good"),
    replaced: ({ before }) => firewall(before.blocks("deny").length > 0, "until the new one is there"),
  },
  {
    types: [
      "google_compute_route",
      "google_compute_vpn_tunnel",
      "google_compute_vpn_gateway",
      "google_compute_ha_vpn_gateway",
    ],
    noun: "route",
    destroyed: "packets that took it are dropped or go another way",
    replaced: "packets that took it are dropped or go another way until the new one is there",
  },
  {
    types: ["google_dns_managed_zone"],
    noun: "DNS zone",
    destroyed: "none of its names is found any more",
    replaced:
      "none of its names is found until all its records are there again; a public zone gets other name servers",
  },
  {
    types: ["google_dns_record_set"],
    noun: "DNS record",
    destroyed: ({ before }) => `the name ${before.string("name") ?? ""} is not found any more`,
    replaced: ({ before }) =>
      `the name ${before.string("name") ?? ""} is not found for a moment, and "not found" is remembered by resolvers`,
  },
];

function whoLoses(change: PlannedChange, around: Surroundings, what: string): string {
  const users = around.users(change);
  return users.length === 0
    ? `no service of these plans uses it; whatever else does loses ${what}`
    : `${services(users)} ${users.length === 1 ? "loses" : "lose"} ${what}`;
}

function subnet(change: PlannedChange, around: Surroundings): string {
  const users = around.users(change);
  if (users.length === 0)
    return `what has an address in it must go first, or the apply fails; addresses of Cloud Run hold it for ${durations.subnetHeld.value}`;
  return `${services(users)} ${users.length === 1 ? "has" : "have"} instances in it: addresses of Cloud Run block its deletion for ${durations.subnetHeld.value}, and the apply fails in the meantime`;
}

function released(address: string | undefined, purpose: string | undefined): string {
  if (purpose === "VPC_PEERING")
    return "its range is released: new databases and caches get no address from it, and those in it keep it in use";
  const which = address === undefined ? "" : ` ${address}`;
  return `the IP address${which} is released and cannot be had again: whoever has it in DNS or on an allow-list is cut off`;
}

function firewall(denies: boolean, howLong: string): string {
  return denies
    ? `what it denied is let through ${howLong}`
    : `what it allowed is dropped ${howLong}, unless another rule allows it`;
}
