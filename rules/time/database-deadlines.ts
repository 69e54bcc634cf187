import { type DatabasePath, databasePath } from "../../analysis/database/database-path.ts";
import {
  type Deadline,
  deadline,
  environments,
  requestTimeout,
  severityOf,
  taskTimeout,
} from "../../analysis/deadlines.ts";
import { annotation, count, type Workload } from "../../analysis/workload/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

const pressure = cloudRunLimits.databasePressure.value;
/** Seconds until a database under pressure answers through a connector that scales out. */
const FIRST_CONNECTION = cloudRunLimits.connectorScaling.value + pressure;

/** Inside one service every deadline is shorter than the one that waits for it. */
export const databaseDeadlines: Rule = {
  id: "time/database-deadlines",
  why: "A deadline that is not shorter than the one around it never fires: the outer one cuts first, and the error that is logged names the wrong cause.",
  limit: `socket connect < database initialization; statement < request; without a minimum of instances, request at least the ${FIRST_CONNECTION} s of a first connection, ${pressure} s outside of the VPC`,
  fix: "Shorten the inner deadline or lengthen the outer one.",
  source: cloudRunLimits.requestTimeout.source,
  *check(graph) {
    for (const { workload, variables } of environments(graph)) {
      const connect = deadline(variables, "connect");
      const initialization = deadline(variables, "initialization");
      if (connect !== undefined && initialization !== undefined)
        yield* inside(
          workload,
          connect,
          initialization,
          "the first attempt to connect uses up the initialization",
        );
      const path = databasePath(graph, workload, variables);
      yield* coldStart(workload, initialization, path);
      yield* task(workload, initialization, deadline(variables, "statement"));
      const statement = deadline(variables, "statement");
      if (statement === undefined) continue;
      const request = deadline(variables, "request");
      if (request !== undefined)
        yield* inside(workload, statement, request, "the request ends before its statement is given up");
      const timeout = requestTimeout(workload);
      if (timeout !== undefined && statement.seconds >= timeout.seconds)
        yield {
          resource: workload.resource,
          severity: severityOf(statement),
          message: `${statement.variable} is ${statement.seconds} s, not below the request timeout of ${timeout.written}; fails at run time: the client gets 504 while the statement still holds its connection.`,
        };
    }
  },
};

/** The request that starts an instance waits for all that the instance does before it answers. */
function* coldStart(
  workload: Workload,
  initialization: Deadline | undefined,
  path: DatabasePath,
): Iterable<Violation> {
  const timeout = requestTimeout(workload);
  if (initialization === undefined || timeout === undefined || workload.kind !== "service") return;
  // A first connection seldom takes longer than this, however long the initialization may go on.
  const first = path === "outside" ? pressure : FIRST_CONNECTION;
  const needed = Math.min(initialization.seconds, first);
  if (!mayHaveNone(workload) || timeout.seconds >= needed) return;
  yield {
    resource: workload.resource,
    severity: path === "connector" ? severityOf(initialization) : "warning",
    message: `the request timeout is ${timeout.written}, below ${initialization.variable} of ${initialization.seconds} s and the ${first} s that a first connection may take; fails at run time: with no instance kept running, the request that starts one gets 504 before its database is ready.`,
    fix: `Set the request timeout to ${needed} s or more, or keep an instance running (min_instance_count = 1).`,
  };
}

/** True where certainly no instance is kept running, which would answer while others start. */
function mayHaveNone({ resource, template }: Workload): boolean {
  const minima = [
    template.get("scaling.min_instance_count"),
    resource.get("scaling.min_instance_count"),
    annotation(resource, "template", "autoscaling.knative.dev/minScale"),
    annotation(resource, "service", "run.googleapis.com/minScale"),
  ];
  const isManual = resource.get("scaling.manual_instance_count") !== undefined;
  return !isManual && minima.every((least) => least === undefined || count(least) === 0);
}

/** A task that is ended while it waits for its database is started again, and waits again. */
function* task(workload: Workload, ...deadlines: readonly (Deadline | undefined)[]): Iterable<Violation> {
  const timeout = taskTimeout(workload);
  for (const inner of deadlines) {
    if (inner === undefined || timeout === undefined || inner.seconds < timeout.seconds) continue;
    yield {
      resource: workload.resource,
      severity: severityOf(inner),
      message: `${inner.variable} is ${inner.seconds} s, not below the ${workload.kind === "job" ? "task" : "function"} timeout of ${timeout.written}; fails at run time: the ${workload.kind === "job" ? "task" : "function"} is ended while it waits for the database.`,
    };
  }
}

function* inside(
  { resource }: Workload,
  inner: Deadline,
  outer: Deadline,
  consequence: string,
): Iterable<Violation> {
  if (inner.seconds < outer.seconds) return;
  yield {
    resource,
    severity: severityOf(inner, outer),
    message: `${inner.variable} is ${inner.seconds} s, not below ${outer.variable} of ${outer.seconds} s; fails at run time: ${consequence}.`,
  };
}
