import { textOf } from "../../analysis/references/text.ts";
import { type Container, type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** Cloud Run sets these itself; a job has its own. */
const RESERVED = new Set(["PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION"]);
const RESERVED_FOR_JOBS = /^CLOUD_RUN_(JOB|EXECUTION|TASK_(INDEX|ATTEMPT|COUNT))$/;

/** The names of environment variables. */
export const environment: Rule = {
  id: "reachability/environment",
  why: "Cloud Run rejects variables that it sets itself, and of two variables with one name only one can be in force.",
  limit:
    "no PORT, K_SERVICE, K_REVISION, K_CONFIGURATION; every name once; letters, digits and underscores, no digit first",
  fix: "Rename or remove the variable.",
  source: "https://docs.cloud.google.com/run/docs/configuring/services/environment-variables",
  *check(graph) {
    for (const workload of workloads(graph)) {
      if (workload.resource.type.startsWith("google_cloudfunctions")) continue;
      for (const container of workload.containers) {
        for (const [message, fix] of violations(workload, container))
          yield { resource: workload.resource, message, fix };
      }
    }
  },
};

function* violations(
  { resource }: Workload,
  { env, takesRequests }: Container,
): Iterable<[message: string, fix: string]> {
  const job = resource.type === "google_cloud_run_v2_job";
  const seen = new Map<string, string | undefined>();
  for (const { name, value, secret } of env) {
    // A sidecar may be given its own port.
    if (job ? RESERVED_FOR_JOBS.test(name) : takesRequests && RESERVED.has(name))
      yield [
        `the environment variable ${name} is set by Cloud Run itself; rejected by the API: reserved name.`,
        name === "PORT" ? "Remove it, and write ports.container_port." : "Remove it.",
      ];
    if (/^\d|[=\s]/.test(name) || name === "")
      yield [
        `"${name}" is no name of an environment variable; rejected by the API: invalid name.`,
        "Use letters, digits and underscores.",
      ];
    const written = secret === undefined ? textOf(value) : `secret ${textOf(secret.secret)}`;
    if (seen.has(name) && seen.get(name) !== written)
      yield [
        `the environment variable ${name} is set twice${written === undefined || secret ? "" : `, as "${seen.get(name)}" and "${written}"`}; rejected by the API, or only one of them is in force.`,
        `Keep one ${name}.`,
      ];
    seen.set(name, written);
  }
}
