import type { Rule } from "../rule.ts";
import { entry } from "../service/cloud-run.ts";
import { functionScale, functionTypes, scaledTypes, scaleOf } from "./scale.ts";

const SCALE = ["autoscaling.knative.dev/minScale", "autoscaling.knative.dev/maxScale"];

/** R30: a service scales between two bounds. */
export const instances: Rule = {
  id: "capacity/instances",
  why: "Cloud Run refuses a minimum of instances above the maximum, and a negative one; the provider checks neither.",
  limit: "0 <= min_instance_count <= max_instance_count",
  fix: "Lower the minimum or raise the maximum.",
  source: "https://docs.cloud.google.com/run/docs/configuring/max-instances",
  example: `resource "google_cloud_run_v2_service" "api" {
  template {
    scaling {
      min_instance_count = 5
      max_instance_count = 3
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(...scaledTypes, ...functionTypes)) {
      for (const key of SCALE) {
        const text = entry(resource, "template.metadata.annotations", key);
        if (resource.type !== "google_cloud_run_service" || typeof text !== "string" || /^\d*$/.test(text))
          continue;
        yield {
          resource,
          severity: "error",
          message: `the annotation ${key} is "${text}"; refused at apply: a whole number is expected.`,
        };
      }
      const { min, max, attribute } = functionTypes.includes(resource.type)
        ? functionScale(resource)
        : scaleOf(resource);
      for (const [name, count] of [
        [attribute.replace("max", "min"), min],
        [attribute, max],
      ] as const) {
        if (count === undefined || count >= 0) continue;
        yield {
          resource,
          severity: "error",
          message: `${name} is ${count}; refused at apply: it must not be negative.`,
        };
      }
      if (resource.type === "google_cloud_run_v2_job" || min === undefined || max === undefined) continue;
      if (min > max && max > 0)
        yield {
          resource,
          severity: "error",
          message: `${attribute.replace("max", "min")} is ${min}, above ${attribute} ${max}; refused at apply: the minimum must not exceed the maximum.`,
        };
    }
  },
};
