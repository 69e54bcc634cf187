import { databaseKey, databasePath } from "../../analysis/database/database-path.ts";
import { type Deadline, deadline, environments, severityOf } from "../../analysis/deadlines.ts";
import type { Resource } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

interface Statement {
  readonly resource: Resource;
  readonly deadline: Deadline;
  readonly inVpc: boolean;
}

/** One database has one initialization deadline, the same in every service that uses it. */
export const drift: Rule = {
  id: "time/drift",
  why: "A deadline that is written in several places drifts: 75 s were configured, 20 s were in force, unnoticed.",
  limit: "the same DATABASE_INIT_TIMEOUT_SECONDS in all services of one database",
  fix: "State the deadline once and derive every environment from it.",
  source: cloudRunLimits.databasePressure.source,
  exampleSeverity: "warning",
  *check(graph) {
    const byDatabase = new Map<string, Statement[]>();
    for (const { workload, variables } of environments(graph)) {
      const key = databaseKey(variables);
      const stated = deadline(variables, "initialization");
      if (key === undefined || stated === undefined) continue;
      const path = databasePath(graph, workload, variables);
      const statements = byDatabase.get(key) ?? [];
      statements.push({ resource: workload.resource, deadline: stated, inVpc: path !== "outside" });
      byDatabase.set(key, statements);
    }
    const needed = cloudRunLimits.connectorScaling.value + cloudRunLimits.databasePressure.value;
    for (const statements of byDatabase.values()) {
      const longest = statements.reduce((a, b) => (b.deadline.seconds > a.deadline.seconds ? b : a));
      for (const { resource, deadline, inVpc } of statements) {
        if (deadline.seconds === longest.deadline.seconds || resource === longest.resource) continue;
        const certain = inVpc && deadline.seconds < needed && longest.deadline.seconds >= needed;
        const consequence = certain
          ? `fails at run time: the shorter one gives up within the ${needed} s that a first connection may take`
          : "one of the two has drifted";
        yield {
          resource,
          severity: certain ? severityOf(deadline, longest.deadline) : "warning",
          message: `${deadline.variable} is ${deadline.seconds} s here and ${longest.deadline.seconds} s in ${longest.resource.address} for the same database; ${consequence}.`,
        };
      }
    }
  },
};
