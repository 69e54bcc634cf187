import { workloads } from "../../analysis/workload/index.ts";
import type { Block, Resource } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

/** An environment variable has one value, and not a file in it. */
export const environmentVariables: Rule = {
  id: "service/environment",
  why: "Cloud Run rejects a variable that has both a value and a secret, and a value of more than 32 KiB.",
  limit: `a value or a secret; ${cloudRunLimits.environmentValueLength.value} bytes`,
  fix: "Keep the secret and remove the value.",
  source: cloudRunLimits.environmentValueLength.source,
  *check(graph) {
    for (const { resource, containers } of workloads(graph))
      for (const container of containers)
        for (const variable of container.block.blocks("env")) yield* value(resource, variable);
  },
};

function* value(resource: Resource, variable: Block): Iterable<Violation> {
  const name = variable.string("name") ?? "?";
  const source = ["value_source", "value_from"].find((key) => variable.blocks(key).length > 0);
  const text = variable.string("value");
  if (source !== undefined && text !== undefined && text !== "")
    yield {
      resource,
      message: `the variable ${name} has both value and ${source}; rejected by the API: a variable has one of them.`,
    };
  const most = cloudRunLimits.environmentValueLength.value;
  const bytes = text === undefined || text.length <= most / 4 ? 0 : Buffer.byteLength(text);
  if (bytes > most)
    yield {
      resource,
      message: `the value of ${name} has ${bytes} bytes; rejected by the API: at most ${most} are allowed.`,
      fix: "Put it into a secret that is mounted as a file.",
    };
}
