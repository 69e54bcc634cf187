import { isUnknown, type Resource } from "../../graph/index.ts";
import { connectorLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";

const { minInstancesLow, minInstancesHigh, maxInstancesLow, maxInstancesHigh } = connectorLimits;

/** C4, C6, C12: how far a connector scales. I-1 proposed a maximum of 15, which Google refuses. */
export const connectorInstances: Rule = {
  id: "capacity/connector-instances",
  why: "A connector has 2 to 10 instances and a maximum must be written; the provider checks neither, and the apply fails minutes in.",
  limit: `min_instances ${minInstancesLow.value} to ${minInstancesHigh.value}, max_instances ${maxInstancesLow.value} to ${maxInstancesHigh.value}, the minimum below the maximum`,
  fix: "Write both min_instances and max_instances within their bounds; for more load choose machine_type e2-standard-4 or Direct VPC egress.",
  source: maxInstancesHigh.source,
  example: `resource "google_vpc_access_connector" "main" {
  name          = "staging-connector"
  network       = "default"
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 3
  max_instances = 15
}`,
  *check(graph) {
    for (const connector of graph.all("google_vpc_access_connector")) {
      yield* bounds(connector);
      yield* together(connector);
    }
  },
};

function* bounds(resource: Resource): Iterable<Verdict> {
  for (const [attribute, low, high] of [
    ["min_instances", minInstancesLow.value, minInstancesHigh.value],
    ["max_instances", maxInstancesLow.value, maxInstancesHigh.value],
  ] as const) {
    const count = resource.number(attribute);
    // A state holds 0 where throughput was written instead.
    if (count === undefined || count === 0 || (count >= low && count <= high)) continue;
    yield {
      resource,
      severity: "error",
      message: `${attribute} is ${count}, outside ${low} to ${high}; refused at apply: a connector takes no such number of instances.`,
      fix:
        count > high
          ? `Set ${attribute} to ${high} or less; for more load choose machine_type e2-standard-4 or Direct VPC egress.`
          : `Set ${attribute} to ${low} or more.`,
    };
  }
}

function* together(resource: Resource): Iterable<Verdict> {
  const [min, max] = [resource.number("min_instances"), resource.number("max_instances")];
  if (min !== undefined && max !== undefined && max !== 0 && min >= max)
    yield {
      resource,
      severity: "error",
      message: `min_instances is ${min} and max_instances ${max}; refused at apply: the minimum must be below the maximum.`,
    };
  const written = (attribute: string) =>
    isUnknown(resource.get(attribute)) || Boolean(resource.number(attribute));
  if (!written("max_instances") && !written("max_throughput"))
    yield {
      resource,
      severity: "error",
      message:
        "neither max_instances nor max_throughput is written; refused at apply: a connector must specify either max_throughput or max_instances.",
      fix: "Write min_instances and max_instances.",
    };
}
