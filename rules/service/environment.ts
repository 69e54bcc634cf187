import { cloudRunLimits } from "../../platform/limits.ts";
import type { Block, Resource } from "../graph/graph.ts";
import type { Rule, Verdict } from "../rule.ts";
import { workloads } from "./cloud-run.ts";

const RESERVED = new Set(["PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION"]);
const RESERVED_IN_JOBS = /^CLOUD_RUN_(JOB|EXECUTION|TASK_INDEX|TASK_ATTEMPT|TASK_COUNT)$/;

/** Environment variables that Cloud Run takes. */
export const environmentVariables: Rule = {
  id: "service/environment",
  why: "Cloud Run sets some variables itself and refuses them from others, and a name that stands twice has two values.",
  limit: `not PORT, K_SERVICE, K_REVISION, K_CONFIGURATION; each name once, with a value or a secret; ${cloudRunLimits.environmentValueLength.value} bytes`,
  fix: "Remove the variable; the port is container_port.",
  source: cloudRunLimits.environmentValueLength.source,
  example: `env {
  name  = "PORT"
  value = "8080"
}`,
  *check(graph) {
    for (const { resource, containers, kind } of workloads(graph)) {
      for (const container of containers) {
        // A sidecar takes no requests, and may be told any port.
        const sidecar = containers.length > 1 && container.blocks("ports").length === 0;
        const seen = new Map<string, string>();
        for (const variable of container.blocks("env")) {
          const name = variable.string("name");
          if (name === undefined) continue;
          if (
            kind === "job" ? RESERVED_IN_JOBS.test(name) : RESERVED.has(name) && !(sidecar && name === "PORT")
          )
            yield {
              resource,
              severity: "error",
              message: `${name} is set by Cloud Run itself: refused at apply.`,
            };
          const written = JSON.stringify(variable.values);
          const first = seen.get(name);
          if (first !== undefined && first !== written)
            yield {
              resource,
              severity: "error",
              message: `the variable ${name} is written twice with different values: refused at apply, or one of the two is lost.`,
              fix: "Keep one of the two.",
            };
          seen.set(name, written);
          yield* value(resource, name, variable);
        }
      }
    }
  },
};

function* value(resource: Resource, name: string, variable: Block): Iterable<Verdict> {
  const source = ["value_source", "value_from"].find((key) => variable.blocks(key).length > 0);
  const text = variable.string("value");
  if (source !== undefined && text !== undefined && text !== "")
    yield {
      resource,
      severity: "error",
      message: `the variable ${name} has both value and ${source}: refused at apply.`,
      fix: "Keep the secret and remove the value.",
    };
  const most = cloudRunLimits.environmentValueLength.value;
  const bytes = text === undefined || text.length <= most / 4 ? 0 : Buffer.byteLength(text);
  if (bytes > most)
    yield {
      resource,
      severity: "error",
      message: `the value of ${name} has ${bytes} bytes, above ${most}: refused at apply.`,
      fix: "Put it into a secret that is mounted as a file.",
    };
}
