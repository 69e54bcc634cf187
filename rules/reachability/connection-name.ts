import type { Resource, Value } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { connectionIn } from "./connections.ts";
import { cannotTell, nameOf } from "./names.ts";
import { variables, workloads } from "./workload.ts";

const INSTANCE = ["google_sql_database_instance"];
/** I-4: every place that names a Cloud SQL instance names one that exists. */
export const connectionName: Rule = {
  id: "reachability/connection-name",
  why: "Two places that call the database by different names drift apart, and one of them names nothing.",
  limit: "project:region:instance of a google_sql_database_instance of the input",
  fix: "Refer to the connection_name attribute of the instance.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/connect-run",
  example: `resource "google_sql_database_instance" "shared" {
  name = "staging-shared-postgres"
}
resource "google_cloud_run_v2_service" "api" {
  template {
    containers {
      env {
        name  = "CLOUD_SQL_INSTANCE"
        value = "netra-staging:us-central1:netra-staging-db"
      }
    }
  }
}`,
  *check(graph) {
    for (const workload of workloads(graph)) {
      for (const volume of workload.sqlVolumes) {
        for (const instance of volume.instances)
          yield* judge(
            graph,
            workload.resource,
            "its Cloud SQL volume",
            instance,
            "refused at apply: the instance is not found",
          );
      }
      for (const { name, value } of variables(workload)) {
        const named = connectionIn(name, value);
        if (named !== undefined)
          yield* judge(
            graph,
            workload.resource,
            name,
            named,
            "breaks at run time: there is no such instance",
          );
      }
    }
  },
};

function* judge(
  graph: Graph,
  resource: Resource,
  place: string,
  value: Value,
  effect: string,
): Iterable<Verdict> {
  const target = graph.target(value, INSTANCE, resource);
  yield* cannotTell(resource, "the Cloud SQL instance", value, target);
  if (target.kind !== "missing") return;
  const near = target.nearest;
  const elsewhere = near !== undefined && nameOf(near) === target.name;
  const written = typeof value === "string" ? value : target.name;
  yield {
    resource,
    severity: "error" as const,
    message: `${place} names the Cloud SQL instance "${written}", ${
      elsewhere
        ? `but ${near.address} is "${[graph.project(near) ?? "PROJECT", graph.region(near) ?? "REGION", target.name].join(":")}"`
        : `which is not defined${near === undefined ? "" : `; the nearest is ${near.address} ("${nameOf(near) ?? near.name}")`}`
    }; ${effect}.`,
    fix: near === undefined ? "Name an instance that exists." : `Use ${near.address}.connection_name.`,
  };
}
