import { describe, expect, test } from "@jest/globals";
import type { Resources } from "../support.ts";
import { CONNECTED, NETWORK, privateServices, said } from "./support.ts";

const CLUSTER = "${google_alloydb_cluster.orders.name}";
const AFTER_PRIMARY = { depends_on: ["google_alloydb_instance.primary"] };

function platform(change: {
  readonly cluster?: object;
  readonly primary?: object;
  readonly readers?: object;
  readonly user?: object;
  readonly service?: object;
  readonly without?: readonly string[];
}): Resources {
  const all: Resources = {
    ...privateServices,
    google_alloydb_cluster: {
      orders: {
        cluster_id: "orders",
        location: "europe-west1",
        network_config: { network: NETWORK },
        ...change.cluster,
      },
    },
    google_alloydb_instance: {
      primary: {
        cluster: CLUSTER,
        instance_id: "primary",
        instance_type: "PRIMARY",
        machine_config: { cpu_count: 4 },
        ...CONNECTED,
        ...change.primary,
      },
      ...(change.readers && {
        readers: {
          cluster: CLUSTER,
          instance_id: "readers",
          instance_type: "READ_POOL",
          read_pool_config: { node_count: 2 },
          ...AFTER_PRIMARY,
          ...change.readers,
        },
      }),
    },
    ...(change.user && {
      google_alloydb_user: {
        app: {
          cluster: CLUSTER,
          user_id: "app",
          user_type: "ALLOYDB_IAM_USER",
          ...AFTER_PRIMARY,
          ...change.user,
        },
      },
    }),
    ...(change.service && {
      google_cloud_run_v2_service: {
        orders: {
          name: "orders",
          location: "europe-west1",
          template: {
            service_account: "orders@acme-dev.iam.gserviceaccount.com",
            scaling: { max_instance_count: 5 },
            vpc_access: { network_interfaces: { network: NETWORK, subnetwork: "main" } },
            containers: {
              image: "europe-docker.pkg.dev/acme-dev/apps/orders:1",
              env: [
                { name: "DB_HOST", value: "${google_alloydb_instance.primary.ip_address}" },
                { name: "DB_PORT", value: "5432" },
                { name: "DB_POOL_SIZE", value: "20" },
              ],
            },
            ...change.service,
          },
        },
      },
    }),
  };
  return Object.fromEntries(Object.entries(all).filter(([type]) => change.without?.includes(type) !== true));
}

/** The kind: an AlloyDB cluster is reached, ordered, sized and budgeted like Cloud SQL is. */
describe("AlloyDB", () => {
  test("holds where everything fits", () => {
    expect(said(platform({ readers: {}, user: {}, service: {} }))).toEqual([]);
  });

  test("waits for private services access, which must exist", () => {
    expect(said(platform({ primary: { depends_on: [] } }))).toEqual([
      'reachability/private-services-order google_alloydb_instance.primary: nothing makes "primary" wait for google_service_networking_connection.services, so both are created at the same time; rejected by the API: the network has no private services connection yet.',
    ]);
    // A cluster that waits makes its instances wait.
    expect(said(platform({ primary: { depends_on: [] }, cluster: CONNECTED }))).toEqual([]);
    expect(
      said(
        platform({
          primary: { depends_on: [] },
          without: ["google_service_networking_connection", "google_compute_global_address"],
        }),
      ),
    ).toEqual([
      'reachability/private-services google_alloydb_instance.primary: it takes a private address on network "main", which has no private services connection; rejected by the API: the network does not have at least 1 private services connection.',
    ]);
  });

  test("creates read pools, users and secondary clusters after the primary instance", () => {
    expect(said(platform({ readers: CONNECTED }))).toEqual([
      "data/alloydb-order google_alloydb_instance.readers: nothing makes it wait for google_alloydb_instance.primary, so both are created at the same time; rejected by the API: a read pool reads from the primary instance, which does not exist yet.",
    ]);
    expect(said(platform({ user: { depends_on: [] } }))).toEqual([
      "data/alloydb-order google_alloydb_user.app: nothing makes it wait for google_alloydb_instance.primary, so both are created at the same time; rejected by the API: users are created in the primary instance, which does not exist yet.",
    ]);
  });

  test("has the sizes that exist", () => {
    expect(said(platform({ primary: { machine_config: { cpu_count: 6 } } }))).toEqual([
      'data/alloydb-shape google_alloydb_instance.primary: machine_config.cpu_count is "6"; rejected by the API: it must be one of 1, 2, 4, 8, 16, 32, 48, 64, 72, 96, 128.',
    ]);
    expect(said(platform({ readers: { read_pool_config: { node_count: 21 } } }))).toEqual([
      "data/alloydb-shape google_alloydb_instance.readers: read_pool_config.node_count is 21; rejected by the API: it must be 1 to 20 nodes.",
    ]);
    expect(said(platform({ cluster: { cluster_id: "Orders" } }))[0]).toContain(
      'data/alloydb-shape google_alloydb_cluster.orders: cluster_id is "Orders" (6 characters); rejected by the API:',
    );
  });

  test("is on the network that its clients enter, at its port, within max_connections", () => {
    expect(
      said(
        platform({
          primary: { database_flags: { max_connections: "150" } },
          service: {},
        }),
      ).map((line) => line.slice(0, line.indexOf(":"))),
    ).toEqual([
      "capacity/database-connections google_alloydb_instance.primary",
      "capacity/database-connections google_cloud_run_v2_service.orders",
    ]);
    expect(
      said(
        platform({
          service: {
            vpc_access: { network_interfaces: { network: "projects/acme-host/global/networks/default" } },
          },
        }),
      ).map((line) => line.slice(0, line.indexOf(":"))),
    ).toContain("reachability/same-network google_cloud_run_v2_service.orders");
  });
});
