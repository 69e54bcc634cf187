import { databasePath } from "../../analysis/database/database-path.ts";
import { deadline, environments, severityOf } from "../../analysis/deadlines.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const scaling = cloudRunLimits.connectorScaling.value;
const pressure = cloudRunLimits.databasePressure.value;

/** Initialization outlasts a connector that scales out while the database is under pressure. */
export const connectorPressure: Rule = {
  id: "time/connector-pressure",
  why: "When a connector scales out and the database is busy, a first connection takes 55 s; an initialization that gives up earlier fails exactly when load rises.",
  limit: `at least ${scaling} s of connector scaling + ${pressure} s of Cloud SQL pressure = ${scaling + pressure} s`,
  fix: `Set DATABASE_INIT_TIMEOUT_SECONDS to ${scaling + pressure} or more, with a margin (75), and the start-up window above it.`,
  source: cloudRunLimits.connectorScaling.source,
  *check(graph) {
    const needed = scaling + pressure;
    for (const { workload, variables } of environments(graph)) {
      const initialization = deadline(variables, "initialization");
      if (initialization === undefined || initialization.seconds >= needed) continue;
      const path = databasePath(graph, workload, variables);
      if (path === "connector")
        yield {
          resource: workload.resource,
          severity: severityOf(initialization),
          message: `${initialization.variable} is ${initialization.seconds} s, below the ${scaling} s of connector scaling + ${pressure} s of Cloud SQL pressure = ${needed} s; fails at run time: start-up gives up before the connection through the connector stands.`,
        };
      if (path === "direct")
        yield {
          resource: workload.resource,
          severity: "warning",
          message: `${initialization.variable} is ${initialization.seconds} s, but with Direct VPC egress a new instance may need a minute for its first connection.`,
        };
    }
  },
};
