import { isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";
import { workloads } from "../workload/index.ts";

const REFUSED =
  /^([a-z0-9-]+\.)*(run\.googleapis\.com|cloud\.googleapis\.com|serving\.knative\.dev|autoscaling\.knative\.dev)\//;

/** Annotations of the first generation have fields of their own in the second. */
export const annotations: Rule = {
  id: "service/annotations",
  why: "The second-generation API refuses annotations and labels of Cloud Run's own name spaces: those settings are fields there.",
  limit:
    "no run.googleapis.com/, cloud.googleapis.com/, serving.knative.dev/, autoscaling.knative.dev/ keys in google_cloud_run_v2_service, _job and _worker_pool",
  fix: "Use the field: scaling, vpc_access, ingress, volumes.cloud_sql_instance.",
  source: cloudRunLimits.descriptionLength.source,
  *check(graph) {
    for (const { resource, kind, generation } of workloads(graph)) {
      if (generation === 1 || kind === "function") continue;
      for (const path of ["annotations", "labels", "template.annotations", "template.labels"]) {
        const map = resource.get(path);
        if (typeof map !== "object" || map === null || Array.isArray(map) || isUnknown(map)) continue;
        const key = Object.keys(map).find((each) => REFUSED.test(each));
        if (key === undefined) continue;
        yield {
          resource,
          message: `${path} holds "${key}"; rejected by the API: the second generation takes no keys of Cloud Run's own.`,
        };
      }
      const description = resource.string("description") ?? "";
      const longest = cloudRunLimits.descriptionLength.value;
      if (description.length > longest)
        yield {
          resource,
          message: `description has ${description.length} characters; rejected by the API: it has ${longest} at most.`,
          fix: "Shorten the description.",
        };
    }
  },
};
