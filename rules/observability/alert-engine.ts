import { conditions } from "../../analysis/monitoring/conditions.ts";
import { equalTo, type Filter, label, METRIC_TYPE } from "../../analysis/monitoring/filter.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { metricNamed } from "../../resources/metrics.ts";
import type { Rule } from "../rule.ts";
import { METRICS_DOC } from "./sources.ts";

const CONNECTIONS: { readonly [engine: string]: string } = {
  POSTGRES: "cloudsql.googleapis.com/database/postgresql/num_backends",
  MYSQL: "cloudsql.googleapis.com/database/network/connections",
};

/** A database alert watches a metric that its engine reports. */
export const alertEngine: Rule = {
  id: "observability/alert-engine",
  why: "database/network/connections is a metric of MySQL and SQL Server: on PostgreSQL it is never reported, and the alert never fires.",
  limit: "postgresql/... for PostgreSQL, mysql/... and network/connections for MySQL",
  fix: "Watch cloudsql.googleapis.com/database/postgresql/num_backends, summed over databases.",
  source: METRICS_DOC,
  *check(graph) {
    for (const { policy, label: condition, filter } of conditions(graph)) {
      const metric = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
      const engines = metric === undefined ? undefined : metricNamed(metric)?.engine;
      if (filter === undefined || engines === undefined) continue;
      const instances = watchedInstances(graph, policy, filter);
      const found = instances.map((instance) => engineOf(instance));
      const [engine] = found;
      if (engine === undefined || found.includes(undefined)) continue;
      if (found.some((each) => engines.some((known) => known === each))) continue;
      // The reverse is as silent, but less certain: MySQL reports more metrics than are listed here.
      const instead =
        metric?.endsWith("/connections") || metric?.endsWith("/num_backends")
          ? CONNECTIONS[engine]
          : undefined;
      yield {
        resource: policy,
        severity: engine === "POSTGRES" ? "error" : "warning",
        message: `${condition} watches ${metric} of ${instances[0]?.address}, which is ${engine}; fails at run time: only ${engines.join(" and ")} report it, so it never fires.`,
        ...(instead === undefined ? {} : { fix: `Watch ${instead}.` }),
      };
    }
  },
};

function watchedInstances(graph: Graph, policy: Resource, filter: Filter): readonly Resource[] {
  const type = "google_sql_database_instance";
  const named = equalTo(filter, label("database_id"));
  if (named === undefined) return graph.all(type);
  const target = graph.target(named.slice(named.lastIndexOf(":") + 1), [type], policy);
  return target.kind === "resource" ? [target.resource] : [];
}

function engineOf(instance: Resource): string | undefined {
  return /^[A-Z]+/.exec(instance.string("database_version") ?? "")?.[0];
}
