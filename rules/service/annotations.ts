import { workloads } from "../../analysis/workload/index.ts";
import { isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

const REFUSED =
  /^([a-z0-9-]+\.)*(run\.googleapis\.com|cloud\.googleapis\.com|serving\.knative\.dev|autoscaling\.knative\.dev)\//;

/** What is a setting of the revisions in the first generation, and not of the service. */
const OF_TEMPLATE =
  /^(autoscaling\.knative\.dev\/(min|max)Scale|run\.googleapis\.com\/(vpc-access-(connector|egress)|network-interfaces|cloudsql-instances|cpu-throttling|startup-cpu-boost|execution-environment|sessionAffinity|container-dependencies|encryption-key))$/;
const OF_SERVICE = /^run\.googleapis\.com\/(ingress|invoker-iam-disabled|custom-audiences)$/;

/** By the place of the annotations, what belongs to the other one. */
const MISPLACED = [
  { path: "metadata.annotations", wrong: OF_TEMPLATE, right: "template.metadata.annotations" },
  { path: "template.metadata.annotations", wrong: OF_SERVICE, right: "metadata.annotations" },
] as const;

/** Annotations of the first generation have fields of their own in the second. */
export const annotations: Rule = {
  id: "service/annotations",
  why: "The second-generation API refuses annotations and labels of Cloud Run's own name spaces: those settings are fields there. The first generation reads each annotation in one place only, of the service or of its template.",
  limit:
    "google_cloud_run_service: scaling, VPC access, Cloud SQL and CPU in template.metadata.annotations, ingress in metadata.annotations; no run.googleapis.com/, cloud.googleapis.com/, serving.knative.dev/, autoscaling.knative.dev/ keys in google_cloud_run_v2_service, _job and _worker_pool",
  fix: "Use the field: scaling, vpc_access, ingress, volumes.cloud_sql_instance.",
  source: cloudRunLimits.descriptionLength.source,
  *check(graph) {
    for (const { resource, kind, generation } of workloads(graph)) {
      if (kind === "function") continue;
      if (generation === 1) {
        yield* misplaced(resource);
        yield* undecided(resource);
        continue;
      }
      for (const path of ["annotations", "labels", "template.annotations", "template.labels"]) {
        const key = keysOf(resource, path).find((each) => REFUSED.test(each));
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

function* misplaced(service: Resource): Iterable<Violation> {
  for (const { path, wrong, right } of MISPLACED)
    for (const key of keysOf(service, path).filter((each) => wrong.test(each)))
      yield {
        resource: service,
        message: `${path} holds "${key}"; fails at run time: Cloud Run reads it in ${right} only, so it is not in force.`,
        fix: `Move it to ${right}.`,
      };
}

/** Annotations that are switches. */
const SWITCHES = /^run\.googleapis\.com\/(cpu-throttling|startup-cpu-boost|sessionAffinity)$/;

function* undecided(service: Resource): Iterable<Violation> {
  const path = "template.metadata.annotations";
  for (const key of keysOf(service, path).filter((each) => SWITCHES.test(each))) {
    const value = Object(service.get(path))[key] as Value | undefined;
    if (typeof value !== "string" || /^(true|false|)$/i.test(value)) continue;
    yield {
      resource: service,
      message: `${path} has "${key}" = "${value}"; rejected by the API: it is a switch.`,
      fix: 'Write "true" or "false".',
    };
  }
}

function keysOf(resource: Resource, path: string): string[] {
  const map = resource.get(path);
  const isMap = typeof map === "object" && map !== null && !Array.isArray(map) && !isUnknown(map);
  return isMap ? Object.keys(map) : [];
}
