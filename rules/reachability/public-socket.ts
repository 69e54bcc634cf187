import type { Rule } from "../rule.ts";
import { workloads } from "../workload/index.ts";
import { nameOf } from "./names.ts";

const PATH = "settings.ip_configuration";

/** The built-in socket to a public address does not work when all traffic goes through the VPC. */
export const publicSocket: Rule = {
  id: "reachability/public-socket",
  why: "The Cloud SQL volume reaches an instance with a public address over the internet, which ALL_TRAFFIC takes away from it.",
  limit: "no Cloud SQL volume of an instance without private_network together with egress ALL_TRAFFIC",
  fix: "Give the instance a private address and connect to it on TCP 5432, or use PRIVATE_RANGES_ONLY.",
  source: "https://docs.cloud.google.com/run/docs/issues",
  example: `resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_vpc_access_connector" "main" {
  name          = "main"
  region        = "us-central1"
  network       = google_compute_network.main.name
  ip_cidr_range = "10.8.0.0/28"
  min_instances = 2
  max_instances = 10
}
resource "google_compute_router" "main" {
  name    = "main"
  region  = "us-central1"
  network = google_compute_network.main.id
}
resource "google_compute_router_nat" "main" {
  name                               = "main"
  router                             = google_compute_router.main.name
  region                             = "us-central1"
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
resource "google_sql_database_instance" "orders" {
  name             = "orders"
  region           = "us-central1"
  database_version = "POSTGRES_15"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
  }
}
resource "google_project_iam_member" "client" {
  project = "acme"
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:api@acme.iam.gserviceaccount.com"
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 2 }
    volumes {
      name = "cloudsql"
      cloud_sql_instance { instances = [google_sql_database_instance.orders.connection_name] }
    }
    vpc_access {
      connector = google_vpc_access_connector.main.id
      egress    = "ALL_TRAFFIC"
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      volume_mounts {
        name       = "cloudsql"
        mount_path = "/cloudsql"
      }
    }
  }
}`,
  *check(graph) {
    for (const workload of workloads(graph)) {
      const inside = workload.vpcAccess.attached;
      if (workload.vpcAccess.egress !== "ALL_TRAFFIC" || !inside) continue;
      for (const value of workload.sqlVolumes.flatMap(({ instances }) => instances)) {
        const target = graph.target(value, ["google_sql_database_instance"], workload.resource);
        if (target.kind !== "resource") continue;
        const instance = target.resource;
        if (instance.boolean(`${PATH}.ipv4_enabled`) === false) continue;
        const only = instance.get(`${PATH}.private_network`) === undefined;
        yield {
          resource: workload.resource,
          severity: only ? "error" : "warning",
          message: `egress is ALL_TRAFFIC, but its Cloud SQL volume reaches "${nameOf(instance) ?? instance.address}" (${instance.address}) by ${only ? "its public address, the only one it has" : "its public address although it has a private one"}; fails at run time: the socket does not connect.`,
        };
      }
    }
  },
};
