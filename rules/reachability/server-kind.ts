import type { Graph } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { type Variable, type Workload, workloads } from "../workload/index.ts";
import { needsOfVariable, recordOf, serverLabel } from "./needs.ts";
import { endpointOf } from "./text.ts";

const SERVER = "(HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|URL|URI|SERVER)$";
const KINDS = {
  redis: new RegExp(`(^|_)(REDIS|MEMORYSTORE)_?${SERVER}`, "i"),
  sql: new RegExp(`(^|_)(POSTGRES|POSTGRESQL|PG|MYSQL|CLOUD_?SQL)_?${SERVER}`, "i"),
} as const;

/** The host of Redis is a Redis instance, that of the database a Cloud SQL instance. */
export const serverKind: Rule = {
  id: "reachability/server-kind",
  why: "A client that finds another kind of server at the address does not understand what it answers.",
  limit: "REDIS_HOST and its like lead to Redis, POSTGRES_HOST and its like to Cloud SQL",
  fix: "Refer to the host of the server that the variable names.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/connect-redis-instance-cloud-run",
  example: `resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "run" {
  name                     = "run"
  region                   = "us-central1"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.2.0.0/24"
  private_ip_google_access = true
}
resource "google_redis_instance" "cache" {
  name               = "cache"
  region             = "us-central1"
  memory_size_gb     = 1
  authorized_network = google_compute_network.main.id
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 2 }
    vpc_access {
      network_interfaces { subnetwork = google_compute_subnetwork.run.id }
      egress = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "POSTGRES_HOST"
        value = google_redis_instance.cache.host
      }
    }
  }
}`,
  *check(graph) {
    for (const workload of workloads(graph)) {
      for (const variable of workload.containers.flatMap(({ env }) => env))
        yield* judge(graph, workload, variable);
    }
  },
};

function* judge(graph: Graph, workload: Workload, variable: Variable): Iterable<Violation> {
  const needs = needsOfVariable(graph, workload, variable);
  const [need] = needs;
  const meant = (["redis", "sql"] as const).filter((kind) => KINDS[kind].test(variable.name));
  const [kind] = meant;
  if (need === undefined || kind === undefined || meant.length > 1) return;
  // A password, or a certificate, of one server may are in the URL of another.
  if (needs.some((one) => one.kind === kind || one.kind === "machine")) return;
  const record = recordOf(graph, endpointOf(variable.value)?.host ?? "", workload.resource);
  for (const resource of record === undefined ? [workload.resource] : [record, workload.resource]) {
    yield {
      resource,
      severity: "error",
      message: `${variable.name} of ${workload.resource.address} leads to ${serverLabel(need)} (${need.target.address}); fails at run time: that server does not speak the protocol.`,
    };
  }
}
