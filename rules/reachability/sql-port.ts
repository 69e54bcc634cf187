import { databasePort } from "../../analysis/network/server-range.ts";
import { needsOfVariable } from "../../analysis/references/needs.ts";
import { portsFor } from "../../analysis/references/port-variable.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Resource } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const { postgresPort, poolerPort, mysqlPort, sqlServerPort, connectorPort } = cloudSqlLimits;

/** The port of a Cloud SQL instance is that of its engine. */
export const sqlPort: Rule = {
  id: "reachability/sql-port",
  why: "Nobody chooses the port of a Cloud SQL instance; on another one nothing listens.",
  limit: `${postgresPort.value} for PostgreSQL (${poolerPort.value} for its managed pooler), ${mysqlPort.value} for MySQL, ${sqlServerPort.value} for SQL Server; ${connectorPort.value} for connectors`,
  fix: "Write the port of the engine.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/connect-instance-private-ip",
  *check(graph) {
    for (const workload of workloads(graph)) {
      const reported = new Set<string>();
      for (const container of workload.containers) {
        for (const variable of container.env) {
          const need = needsOfVariable(graph, workload, variable).find(({ kind }) => kind === "sql");
          if (need === undefined) continue;
          const allowed = portsOf(need.target);
          for (const { name, port } of portsFor(container, variable)) {
            if (allowed.length === 0 || allowed.includes(port) || reported.has(name)) continue;
            reported.add(name);
            yield {
              resource: workload.resource,
              message: `${name} holds port ${port}, but ${need.target.address} (${need.target.string("database_version") ?? resourceType(need.target.type)?.label}) listens on ${allowed[0]}; fails at run time: connections are refused.`,
              fix: `Write ${allowed[0]}.`,
            };
          }
        }
      }
    }
  },
};

/** The engine's own first; none where the engine is not known. */
function portsOf(instance: Resource): readonly number[] {
  const own = databasePort(instance);
  if (own === undefined) return [];
  return own === postgresPort.value
    ? [own, poolerPort.value, connectorPort.value]
    : [own, connectorPort.value];
}
