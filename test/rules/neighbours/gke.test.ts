import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { NETWORK, network, said } from "./support.ts";

function cluster(values: object = {}, pool: object | null = {}, subnet: object = {}): Resources {
  return {
    google_compute_network: network,
    google_compute_subnetwork: {
      main: {
        name: "main",
        network: NETWORK,
        region: "europe-west1",
        ip_cidr_range: "10.10.0.0/20",
        secondary_ip_range: [
          { range_name: "pods", ip_cidr_range: "10.64.0.0/20" },
          { range_name: "services", ip_cidr_range: "10.65.0.0/24" },
        ],
        ...subnet,
      },
    },
    google_container_cluster: {
      main: {
        name: "main",
        location: "europe-west1",
        network: NETWORK,
        subnetwork: "${google_compute_subnetwork.main.id}",
        initial_node_count: 1,
        remove_default_node_pool: true,
        ip_allocation_policy: {
          cluster_secondary_range_name: "pods",
          services_secondary_range_name: "services",
        },
        ...values,
      },
    },
    ...(pool && {
      google_container_node_pool: {
        main: {
          name: "main",
          cluster: "${google_container_cluster.main.id}",
          location: "europe-west1",
          autoscaling: { min_node_count: 1, max_node_count: 5 },
          ...pool,
        },
      },
    }),
  };
}

/** The kind: ranges and sizes of a cluster that are known beforehand, each in another resource. */
describe("Kubernetes Engine", () => {
  test("holds where everything fits", () => {
    expect(said(cluster())).toEqual([]);
  });

  test.each([
    [
      cluster({}, {}, { region: "us-central1" }),
      /address\/gke-ranges google_container_cluster.main: location is "europe-west1", and its subnet/,
    ],
    [
      cluster({}, { autoscaling: { min_node_count: 1, max_node_count: 6 } }),
      /address\/gke-ranges google_compute_subnetwork.main: .*holds 4096 addresses, and the pods of google_container_cluster.main take 4608 at full scale \(google_container_node_pool.main 18 nodes x 256\)/,
    ],
    [cluster({ default_max_pods_per_node: 300 }), /capacity\/gke-shape .*300/],
    [
      cluster({
        private_cluster_config: { enable_private_nodes: true, master_ipv4_cidr_block: "172.16.0.0/24" },
      }),
      /capacity\/gke-shape .*control planes take a \/28/,
    ],
    [
      cluster({ workload_identity_config: { workload_pool: "acme-dev.svc.goog.id" } }),
      /capacity\/gke-shape .*workload_pool/,
    ],
    [
      cluster({}, { autoscaling: { min_node_count: 5, max_node_count: 2 } }),
      /capacity\/gke-shape .*min_node_count is 5 with max_node_count 2/,
    ],
    [
      cluster({ enable_autopilot: true, remove_default_node_pool: undefined, initial_node_count: undefined }),
      /address\/gke-ranges google_container_node_pool.main: its cluster google_container_cluster.main has enable_autopilot/,
    ],
  ])("is refused where they do not fit (%#)", (resources, line) => {
    expect(said(resources).join("\n")).toMatch(line);
  });

  test("fewer pods of a node take less of the range", () => {
    expect(
      said(cluster({}, { max_pods_per_node: 32, autoscaling: { min_node_count: 1, max_node_count: 20 } })),
    ).toEqual([]);
  });
});
