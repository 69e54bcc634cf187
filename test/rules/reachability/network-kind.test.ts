import { expect, test } from "@jest/globals";
import { networkKind } from "../../../rules/reachability/network-kind.ts";
import { check, type Resources } from "../support.ts";

const redis = (authorized_network: string): Resources => ({
  google_compute_network: { main: { name: "main" } },
  google_compute_subnetwork: {
    app: { name: "app", ip_cidr_range: "10.0.0.0/24", network: "${google_compute_network.main.id}" },
  },
  google_redis_instance: { cache: { name: "cache", memory_size_gb: 1, authorized_network } },
});

test.each([
  "${google_compute_network.main.id}",
  "${google_compute_subnetwork.app.network}",
  "${var.network}",
  "projects/p/global/networks/main",
])("%s is fine, or not known", (network) => expect(check(networkKind, redis(network))).toEqual([]));

test.each(["id", "self_link"])("the %s of a subnet is no network", (attribute) => {
  expect(check(networkKind, redis(`\${google_compute_subnetwork.app.${attribute}}`))).toMatchObject([
    {
      severity: "error",
      address: "google_redis_instance.cache",
      message: `authorized_network is the ${attribute} of the subnet google_compute_subnetwork.app, where a network is wanted; rejected by the API: there is no such network.`,
    },
  ]);
});
