import { deadline, environments, requestTimeout, severityOf } from "../../analysis/deadlines.ts";
import { type Workload, workloads } from "../../analysis/workload/index.ts";
import { isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** The request timeout is written as Cloud Run reads it, within bounds, and agrees with what the application believes. */
export const requestTimeoutRule: Rule = {
  id: "time/request-timeout",
  why: "Cloud Run cuts a request at its own timeout, whatever the application is configured with.",
  limit: `at most ${cloudRunLimits.requestTimeout.value} s, written as "300s"; REQUEST_TIMEOUT_SECONDS not above it`,
  fix: "State one request timeout, and give the application the same number or less.",
  source: cloudRunLimits.requestTimeout.source,
  *check(graph) {
    for (const workload of workloads(graph)) {
      const issue = issueOf(workload);
      if (issue !== undefined) yield { resource: workload.resource, severity: "error", ...issue };
    }
    for (const { workload, variables } of environments(graph)) {
      const timeout = requestTimeout(workload);
      const believed = deadline(variables, "request");
      if (timeout === undefined || believed === undefined || believed.seconds <= timeout.seconds) continue;
      if (issueOf(workload) !== undefined) continue;
      yield {
        resource: workload.resource,
        severity: severityOf(believed),
        message: `${believed.variable} is ${believed.seconds} s, above the request timeout of ${timeout.written}; fails at run time: the client gets 504 before the application gives up.`,
        fix: `Set the request timeout to ${believed.seconds} s, or ${believed.variable} to ${timeout.seconds} or less.`,
      };
    }
  },
};

function issueOf({ kind, timeout }: Workload): { message: string; fix: string } | undefined {
  if (timeout === undefined || timeout.byDefault || kind === "function") return undefined;
  const { attribute, value, seconds } = timeout;
  const longest = (kind === "job" ? cloudRunLimits.taskTimeout : cloudRunLimits.requestTimeout).value;
  if (attribute === "timeout" && seconds === undefined && !isUnknown(value))
    return {
      message: `${attribute} is ${JSON.stringify(value)}; rejected by the API: a duration is whole or decimal seconds followed by "s".`,
      fix: 'Write it in seconds, for example "300s".',
    };
  if (seconds === undefined || (seconds >= 0 && seconds <= longest)) return undefined;
  return {
    message: `${attribute} is ${seconds} s; rejected by the API: Cloud Run allows ${longest} s at most.`,
    fix: `Set it to ${longest} s or less; longer work belongs in a job or a queue.`,
  };
}
