import { isUnknown, type Resource } from "../../graph/index.ts";
import { connectorLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";

const { minThroughputLow, minThroughputHigh, maxThroughputLow, maxThroughputHigh, throughputStep } =
  connectorLimits;
const STEP = throughputStep.value;

/** C5, C7: the older way to say how far a connector scales. */
export const connectorThroughput: Rule = {
  id: "capacity/connector-throughput",
  why: "Throughput is written in steps of 100 Mbit/s and not beside the number of instances; the provider checks only 200 to 1000.",
  limit: `min_throughput ${minThroughputLow.value} to ${minThroughputHigh.value}, max_throughput ${maxThroughputLow.value} to ${maxThroughputHigh.value}, multiples of ${STEP}, the minimum below the maximum`,
  fix: "Write min_instances and max_instances instead.",
  source: throughputStep.source,
  example: `resource "google_vpc_access_connector" "main" {
  name           = "main"
  network        = "default"
  ip_cidr_range  = "10.1.0.0/28"
  min_throughput = 250
  max_throughput = 1000
}`,
  *check(graph) {
    for (const connector of graph.all("google_vpc_access_connector")) {
      yield* bounds(connector);
      yield* conflicts(connector);
    }
  },
};

function* bounds(resource: Resource): Iterable<Verdict> {
  const severity = "error" as const;
  for (const [attribute, low, high] of [
    ["min_throughput", minThroughputLow.value, minThroughputHigh.value],
    ["max_throughput", maxThroughputLow.value, maxThroughputHigh.value],
  ] as const) {
    const written = resource.number(attribute);
    if (written === undefined || written === 0) continue;
    if (written < low || written > high)
      yield {
        resource,
        severity,
        message: `${attribute} is ${written} Mbit/s, outside ${low} to ${high}; refused at apply: the value is out of range.`,
      };
    else if (written % STEP !== 0)
      yield {
        resource,
        severity,
        message: `${attribute} is ${written} Mbit/s; refused at apply: it must be a multiple of ${STEP}.`,
      };
  }
  const [min, max] = [resource.number("min_throughput"), resource.number("max_throughput")];
  if (min !== undefined && max !== undefined && max !== 0 && min >= max)
    yield {
      resource,
      severity,
      message: `min_throughput is ${min} and max_throughput ${max} Mbit/s; refused at apply: the minimum must be below the maximum.`,
    };
}

/** After the apply both stand in the state, and in a plan that takes one from there. */
function* conflicts(resource: Resource): Iterable<Verdict> {
  if (resource.string("state") !== undefined || resource.change?.before !== undefined) return;
  for (const end of ["min", "max"] as const) {
    const written = [`${end}_instances`, `${end}_throughput`].filter((attribute) => {
      const value = resource.get(attribute);
      return value !== undefined && !isUnknown(value);
    });
    if (written.length < 2) continue;
    yield {
      resource,
      severity: "error",
      message: `${written.join(" and ")} are both written; refused at plan: they exclude each other.`,
      fix: `Remove ${end}_throughput.`,
    };
  }
}
