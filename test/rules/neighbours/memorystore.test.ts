import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { NETWORK, network, privateServices, said } from "./support.ts";

const POLICY = {
  name: "cache",
  location: "europe-west1",
  service_class: "gcp-memorystore-redis",
  network: NETWORK,
  psc_config: { subnetworks: ["${google_compute_subnetwork.main.id}"] },
};
const AFTER_POLICY = { depends_on: ["google_network_connectivity_service_connection_policy.cache"] };

function redisCluster(cluster: object = {}, policy: object | null = {}, subnet: object = {}): Resources {
  return {
    google_compute_network: network,
    google_compute_subnetwork: {
      main: {
        name: "main",
        network: NETWORK,
        region: "europe-west1",
        ip_cidr_range: "10.1.0.0/24",
        ...subnet,
      },
    },
    ...(policy && {
      google_network_connectivity_service_connection_policy: { cache: { ...POLICY, ...policy } },
    }),
    google_redis_cluster: {
      cache: {
        name: "cache",
        region: "europe-west1",
        shard_count: 3,
        psc_configs: { network: NETWORK },
        ...AFTER_POLICY,
        ...cluster,
      },
    },
  };
}

function valkey(instance: object = {}): Resources {
  const { google_redis_cluster: _, ...rest } = redisCluster({}, { service_class: "gcp-memorystore" });
  return {
    ...rest,
    google_memorystore_instance: {
      cache: {
        instance_id: "cache",
        location: "europe-west1",
        shard_count: 1,
        desired_psc_auto_connections: { network: NETWORK, project_id: "acme-dev" },
        ...AFTER_POLICY,
        ...instance,
      },
    },
  };
}

/** The kind: clusters of Memorystore have their endpoints from a policy, and bounds that the provider does not check. */
describe("Memorystore for Redis Cluster and Valkey", () => {
  test("hold where the policy fits and comes first", () => {
    expect(said(redisCluster())).toEqual([]);
    expect(said(valkey())).toEqual([]);
  });

  test("take names of their own lengths: a cluster of one letter on, an instance of four", () => {
    expect(said(redisCluster({ name: "c" }))).toEqual([]);
    expect(said(redisCluster({ name: "c-" })).join("\n")).toContain("1 to 63 lowercase letters");
    expect(said(valkey({ instance_id: "v12" })).join("\n")).toContain("4 to 63 lowercase letters");
  });

  test.each([
    [
      "no policy",
      { depends_on: [] },
      null,
      'network "main" has no service connection policy of class gcp-memorystore-redis in europe-west1; rejected by the API: its endpoints cannot be made.',
    ],
    [
      "the policy of another product",
      {},
      { service_class: "gcp-memorystore" },
      '(google_network_connectivity_service_connection_policy.cache is of class gcp-memorystore in europe-west1 on network "main")',
    ],
    [
      "the policy of another region",
      {},
      { location: "us-central1", psc_config: {} },
      "of class gcp-memorystore-redis in us-central1",
    ],
    [
      "not waited for",
      { depends_on: [] },
      {},
      "nothing makes it wait for google_network_connectivity_service_connection_policy.cache",
    ],
  ])("are refused with %s", (_, cluster, policy, message) => {
    const lines = said(redisCluster(cluster, policy));
    expect(lines.join("\n")).toContain(message);
    expect(lines[0]).toMatch(/^reachability\/connection-policy google_redis_cluster.cache: /);
  });

  test("take the subnets of the policy's own network and region", () => {
    expect(said(redisCluster({}, {}, { region: "us-central1" }))).toEqual([
      "reachability/connection-policy google_network_connectivity_service_connection_policy.cache: psc_config.subnetworks names google_compute_subnetwork.main, which is in us-central1, and the policy in europe-west1; rejected by the API: a policy takes subnets of its own network and region.",
    ]);
  });

  test.each([
    [redisCluster({ replica_count: 6 }), "replica_count is 6"],
    [redisCluster({ shard_count: 0 }), "shard_count is 0"],
    [redisCluster({ zone_distribution_config: { mode: "SINGLE_ZONE" } }), "zone"],
    [
      redisCluster({ persistence_config: { mode: "AOF", rdb_config: { rdb_snapshot_period: "ONE_HOUR" } } }),
      "rdb_config",
    ],
    [valkey({ mode: "CLUSTER_DISABLED", shard_count: 3 }), "shard_count is 3"],
    [valkey({ instance_id: "Cache" }), 'instance_id is "Cache"'],
    [valkey({ engine_version: "8.0" }), 'engine_version is "8.0"'],
  ])("are refused with sizes and combinations that do not exist (%#)", (resources, found) => {
    const [line = "", ...more] = said(resources);
    expect(line).toMatch(/^data\/memorystore-shape /);
    expect(line).toContain(found);
    expect(more).toEqual([]);
  });
});

/** The kind: what takes its address through private services access needs it. */
describe("Memcached and Filestore", () => {
  const cache = {
    name: "cache",
    region: "europe-west1",
    node_count: 1,
    node_config: { cpu_count: 1, memory_size_mb: 1024 },
  };
  const share = {
    name: "share",
    location: "europe-west1-b",
    tier: "BASIC_SSD",
    file_shares: { name: "share", capacity_gb: 2560 },
  };

  test("need private services access before them", () => {
    const memcache = { google_memcache_instance: { cache: { ...cache, authorized_network: NETWORK } } };
    expect(said({ ...privateServices, ...memcache })).toEqual([
      'reachability/private-services-order google_memcache_instance.cache: nothing makes "cache" wait for google_service_networking_connection.services, so both are created at the same time; rejected by the API: the network has no private services connection yet.',
    ]);
    const through = { network: NETWORK, modes: ["MODE_IPV4"], connect_mode: "PRIVATE_SERVICE_ACCESS" };
    const filestore = { google_filestore_instance: { share: { ...share, networks: through } } };
    expect(said({ google_compute_network: network, ...filestore })[0]).toMatch(
      /^reachability\/private-services google_filestore_instance.share: it takes a private address on network "main"/,
    );
  });

  test.each([
    [
      { file_shares: { name: "share", capacity_gb: 1024 } },
      'capacity_gb is 1024 with tier "BASIC_SSD"; rejected by the API: the tier has 2560 to 65433 GiB.',
    ],
    [
      { location: "europe-west1" },
      'location is "europe-west1" with tier "BASIC_SSD"; rejected by the API: this tier is in one zone.',
    ],
    [
      { tier: "ENTERPRISE" },
      'location is "europe-west1-b" with tier "ENTERPRISE"; rejected by the API: this tier is regional.',
    ],
    [{ tier: "BASIC_SDD" }, 'tier is "BASIC_SDD"'],
    [{ protocol: "NFS_V4_1" }, 'protocol is "NFS_V4_1" with tier "BASIC_SSD"'],
    [
      { networks: { network: "main", modes: ["MODE_IPV4"], reserved_ip_range: "10.9.0.0/24" } },
      "reserved_ip_range is 10.9.0.0/24",
    ],
    [{ file_shares: { name: "my-share", capacity_gb: 2560 } }, 'file_shares.name is "my-share"'],
  ])("Filestore has the sizes and places of its tier (%#)", (change, message) => {
    const networks = { network: "main", modes: ["MODE_IPV4"] };
    const fits = { google_filestore_instance: { share: { ...share, networks } } };
    expect(said(fits)).toEqual([]);
    const [line = "", ...more] = said({
      google_filestore_instance: { share: { ...share, networks, ...change } },
    });
    expect(line).toContain(message);
    expect(line).toMatch(/^data\/filestore-shape /);
    expect(more).toEqual([]);
  });
});
