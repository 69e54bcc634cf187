import { cloudSqlLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { workloads } from "../workload/index.ts";
import { socketPool } from "./pools.ts";

const LIMIT = cloudSqlLimits.connectionsPerCloudRunInstance;

/** The built-in Cloud SQL connector carries 100 connections of one instance. */
export const connectorConnections: Rule = {
  id: "capacity/connector-connections",
  why: "An instance of Cloud Run gets no more than 100 connections through the /cloudsql socket, whatever its pool allows.",
  limit: `pool + overflow <= ${LIMIT.value} for each instance that connects through the socket`,
  fix: "Lower the pool or the overflow, or connect to the private address.",
  source: LIMIT.source,
  example: `resource "google_sql_database_instance" "main" {
  name             = "main"
  region           = "us-central1"
  database_version = "POSTGRES_15"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-8-32768"
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
      cloud_sql_instance { instances = [google_sql_database_instance.main.connection_name] }
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      volume_mounts {
        name       = "cloudsql"
        mount_path = "/cloudsql"
      }
      env {
        name  = "DATABASE_POOL_SIZE"
        value = "120"
      }
    }
  }
}`,
  *check(graph) {
    for (const workload of workloads(graph)) {
      const pool = socketPool(graph, workload);
      if (pool === undefined || pool.size <= LIMIT.value) continue;
      yield {
        resource: workload.resource,
        severity: "error",
        message: `one instance may open ${pool.size} connections (${pool.written}) through the Cloud SQL socket; fails at run time: it carries ${LIMIT.value} and refuses the rest.`,
      };
    }
  },
};
