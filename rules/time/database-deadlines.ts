import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";
import type { Workload } from "../workload/index.ts";
import {
  type Deadline,
  deadline,
  environments,
  requestTimeout,
  severityOf,
  taskTimeout,
} from "./deadlines.ts";

/** Inside one service every deadline is shorter than the one that waits for it. */
export const databaseDeadlines: Rule = {
  id: "time/database-deadlines",
  why: "A deadline that is not shorter than the one around it never fires: the outer one cuts first, and the error that is logged names the wrong cause.",
  limit: "socket connect < database initialization; statement < request",
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
