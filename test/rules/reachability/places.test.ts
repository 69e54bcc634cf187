import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const said = (rule: string, resources: Resources) =>
  check(ruleById(rule), resources).map(({ message }) => message);

/** The kind: a resource of one region or zone and another one that it needs there. */
describe("what belongs together is in one place", () => {
  const group = (zone: string, instances: unknown = ["${google_compute_instance.vm[0].self_link}"]) =>
    said("reachability/instance-group-members", {
      google_compute_instance: {
        vm: { count: 1, name: "vm", zone, machine_type: "e2-medium" },
      },
      google_compute_instance_group: { legacy: { name: "legacy", zone: "europe-west1-b", instances } },
    });

  test("an unmanaged group takes machines of its zone", () => {
    expect(group("europe-west1-b")).toEqual([]);
    expect(group("${var.zone}")).toEqual([]);
    expect(
      group("europe-west1-c", [
        "https://www.googleapis.com/compute/v1/projects/p/zones/europe-west1-b/instances/a",
      ]),
    ).toEqual([]);
    expect(group("europe-west1-c")).toEqual([
      "instances has google_compute_instance.vm[0] of europe-west1-c and the group is in europe-west1-b; rejected by the API: it takes machines of its own zone.",
    ]);
    expect(group("europe-west1-c", "${google_compute_instance.vm[*].self_link}")).toHaveLength(1);
    expect(group("europe-west1-b", ["projects/p/zones/us-east1-b/instances/a"])).toHaveLength(1);
  });

  const subnet = (region: string, type: string, body: object) =>
    said("reachability/subnet-region", {
      google_compute_subnetwork: { app: { name: "app", region, ip_cidr_range: "10.0.0.0/24" } },
      [type]: { one: body },
    });
  const SUBNET = "${google_compute_subnetwork.app.id}";

  test("addresses and what is published take subnets of their region", () => {
    const address = { name: "a", address_type: "INTERNAL", subnetwork: SUBNET };
    expect(subnet("europe-west1", "google_compute_address", address)).toEqual([]);
    expect(subnet("us-east1", "google_compute_address", { ...address, region: "${var.region}" })).toEqual([]);
    expect(subnet("us-east1", "google_compute_address", address)).toEqual([
      "it is in europe-west1, and its subnet google_compute_subnetwork.app is in us-east1; rejected by the API: a subnet is for what is in its region.",
    ]);
    const attachment = { name: "s", region: "europe-west1", nat_subnets: [SUBNET] };
    expect(subnet("us-east1", "google_compute_service_attachment", attachment)).toHaveLength(1);
  });

  const connection = (database_version: string, type: string, location: string) =>
    said("reachability/bigquery-connection", {
      google_sql_database_instance: { db: { name: "db", region: "europe-west1", database_version } },
      google_bigquery_connection: {
        db: {
          location,
          cloud_sql: { instance_id: "${google_sql_database_instance.db.connection_name}", type },
        },
      },
    });

  test("a connection of BigQuery is of the region and the engine of its instance", () => {
    expect(connection("POSTGRES_15", "POSTGRES", "europe-west1")).toEqual([]);
    expect(connection("MYSQL_8_0", "MYSQL", "EU")).toEqual([]);
    expect(connection("${var.version}", "MYSQL", "${var.location}")).toEqual([]);
    expect(connection("POSTGRES_15", "POSTGRES", "US")).toEqual([
      "location is US, and google_sql_database_instance.db is in europe-west1; fails at run time: a connection leads to instances of its own location only.",
    ]);
    expect(connection("MYSQL_8_0", "POSTGRES", "europe-west1")).toEqual([
      "cloud_sql.type is POSTGRES, and google_sql_database_instance.db is MYSQL; fails at run time: every query is rejected.",
    ]);
    expect(connection("SQLSERVER_2019_STANDARD", "MYSQL", "europe-west1")[0]).toContain("a SQL Server");
  });

  const trigger = (location: string | undefined, repositoryLocation = "europe-west1") =>
    said("reachability/build-repository", {
      google_cloudbuildv2_connection: { github: { name: "github", location: "europe-west1" } },
      google_cloudbuildv2_repository: {
        shop: {
          name: "shop",
          location: repositoryLocation,
          parent_connection: "${google_cloudbuildv2_connection.github.name}",
        },
      },
      google_cloudbuild_trigger: {
        deploy: {
          ...(location === undefined ? {} : { location }),
          repository_event_config: { repository: "${google_cloudbuildv2_repository.shop.id}" },
        },
      },
    });

  test("a trigger, its repository and their connection are in one region", () => {
    expect(trigger("europe-west1")).toEqual([]);
    expect(trigger("${var.region}")).toEqual([]);
    expect(trigger(undefined)).toEqual([
      "location is global, and its repository google_cloudbuildv2_repository.shop is in europe-west1; rejected by the API: a trigger sees the connections of its own region.",
    ]);
    expect(trigger("us-east1", "us-east1")).toEqual([
      "location is us-east1, and google_cloudbuildv2_connection.github is in europe-west1; rejected by the API: a repository is in the region of its connection.",
    ]);
  });

  const disk = (zone: string, body: object) =>
    said("reachability/disk-zone", {
      google_compute_disk: { data: { name: "data", zone } },
      google_compute_instance: {
        vm: { name: "vm", zone: "europe-west1-b", machine_type: "e2-medium", ...body },
      },
      google_compute_attached_disk: {
        more: { disk: "${google_compute_disk.data.id}", instance: "${google_compute_instance.vm.id}" },
      },
    });

  test("a machine has disks of its zone", () => {
    const attached = { attached_disk: [{ source: "${google_compute_disk.data.id}" }] };
    expect(disk("europe-west1-b", attached)).toEqual([]);
    expect(disk("${var.zone}", attached)).toEqual([]);
    expect(disk("europe-west1-c", attached)).toEqual([
      "it is in europe-west1-b, and its disk google_compute_disk.data is in europe-west1-c; rejected by the API: a disk is attached in its own zone.",
      "google_compute_instance.vm is in europe-west1-b, and its disk google_compute_disk.data is in europe-west1-c; rejected by the API: a disk is attached in its own zone.",
    ]);
  });

  test("an app profile leads to clusters of its instance", () => {
    const profile = (cluster_id: string, known = "telemetry-a") =>
      said("reachability/app-profile", {
        google_bigtable_instance: {
          t: { name: "t", cluster: [{ cluster_id: known, zone: "europe-west1-b" }] },
        },
        google_bigtable_app_profile: {
          p: { instance: "${google_bigtable_instance.t.name}", single_cluster_routing: [{ cluster_id }] },
        },
      });
    expect(profile("telemetry-a")).toEqual([]);
    expect(profile("telemetry-b", "${var.cluster}")).toEqual([]);
    expect(profile("telemetry-b")).toEqual([
      'it routes to "telemetry-b", and the clusters of google_bigtable_instance.t are telemetry-a; rejected by the API: the instance has no such cluster.',
    ]);
  });

  test("nodes have a workload pool where they give its identities to pods", () => {
    const pool = (cluster: object, mode = "GKE_METADATA") =>
      said("identity/gke-metadata", {
        google_container_cluster: { c: { name: "c", ...cluster } },
        google_container_node_pool: {
          p: {
            cluster: "${google_container_cluster.c.id}",
            node_config: [{ workload_metadata_config: [{ mode }] }],
          },
        },
      });
    expect(pool({ workload_identity_config: [{ workload_pool: "p.svc.id.goog" }] })).toEqual([]);
    expect(pool({}, "GCE_METADATA")).toEqual([]);
    expect(pool({ dynamic: { workload_identity_config: { for_each: [], content: {} } } })).toEqual([]);
    expect(pool({})[0]).toContain("google_container_cluster.c has no workload_identity_config");
  });
});
