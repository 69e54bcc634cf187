import { expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { NETWORK, network, said } from "./support.ts";

const NAMES = { project: "acme-dev", name: "api", location: "europe-west1" };
const SUBNET = { region: "europe-west1", network: NETWORK };
const NAT = {
  router: "${google_compute_router.main.name}",
  region: "europe-west1",
  nat_ip_allocate_option: "AUTO_ONLY",
  source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
};
const SERVICE = {
  ...NAMES,
  template: {
    service_account: "api-run@acme-dev.iam.gserviceaccount.com",
    containers: { image: "europe-west1-docker.pkg.dev/acme-dev/run/api:1" },
  },
};

/** Each thing twice, with a count that is known to be one, or that a variable decides for one or the other. */
function twins(first: unknown, second: unknown): Resources {
  const pair = (a: object, b: object = a) => ({ a: { ...a, count: first }, b: { ...b, count: second } });
  const invoker = { ...NAMES, role: "roles/run.invoker" };
  return {
    google_compute_network: network,
    google_compute_subnetwork: {
      ...pair({ ...SUBNET, name: "app", ip_cidr_range: "10.0.0.0/24" }),
      p: {
        ...SUBNET,
        count: first,
        name: "p",
        ip_cidr_range: "10.1.0.0/24",
        purpose: "REGIONAL_MANAGED_PROXY",
        role: "ACTIVE",
      },
      q: {
        ...SUBNET,
        count: second,
        name: "q",
        ip_cidr_range: "10.2.0.0/24",
        purpose: "REGIONAL_MANAGED_PROXY",
        role: "ACTIVE",
      },
    },
    google_compute_router: {
      main: { name: "main", region: "europe-west1", network: NETWORK },
    },
    google_compute_router_nat: {
      a: { ...NAT, count: first, name: "a" },
      b: { ...NAT, count: second, name: "b" },
    },
    google_compute_global_address: {
      services: {
        name: "services",
        purpose: "VPC_PEERING",
        address_type: "INTERNAL",
        prefix_length: 16,
        network: NETWORK,
      },
    },
    google_service_networking_connection: pair({
      network: NETWORK,
      service: "servicenetworking.googleapis.com",
      reserved_peering_ranges: ["${google_compute_global_address.services.name}"],
    }),
    google_storage_bucket: pair({ name: "acme-uploads", location: "EU", uniform_bucket_level_access: true }),
    google_cloud_run_v2_service: pair(SERVICE),
    google_cloud_run_v2_service_iam_member: { a: { ...invoker, count: first, member: "user:a@example.com" } },
    google_cloud_run_v2_service_iam_binding: {
      b: { ...invoker, count: second, members: ["user:b@example.com"] },
    },
  };
}
const PAIRS = [
  "address/overlap",
  "address/proxy-only",
  "capacity/nat-twice",
  "data/name-taken",
  "identity/authoritative",
  "reachability/private-services",
  "service/duplicate",
];
const rules = (lines: readonly string[]) =>
  PAIRS.filter((rule) => lines.some((line) => line.startsWith(`${rule} `)));

test("of two resources of which a variable makes one, neither is in the way of the other", () => {
  const variable = { protect: { type: "bool" } };
  const exclusive = twins("${var.protect ? 1 : 0}", "${var.protect ? 0 : 1}");
  expect(rules(said(exclusive, { variable }))).toEqual([]);
});

test("two that exist are", () => {
  expect(rules(said(twins(1, 1)))).toEqual(PAIRS);
});

test("a value of the variable decides, too", () => {
  const variable = { protect: { type: "bool", default: true } };
  expect(rules(said(twins("${var.protect ? 1 : 0}", "${var.protect ? 1 : 0}"), { variable }))).toEqual(PAIRS);
  expect(rules(said(twins("${var.protect ? 1 : 0}", "${var.protect ? 0 : 1}"), { variable }))).toEqual([]);
});
