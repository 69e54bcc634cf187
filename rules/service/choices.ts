import { annotation, type Workload, workloads } from "../../analysis/workload/index.ts";
import { INGRESS_DOC } from "../edge/sources.ts";
import type { Rule, Violation } from "../rule.ts";

const SECOND: { readonly [path: string]: readonly string[] } = {
  ingress: [
    "INGRESS_TRAFFIC_ALL",
    "INGRESS_TRAFFIC_INTERNAL_ONLY",
    "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
    "INGRESS_TRAFFIC_NONE",
  ],
  execution_environment: ["EXECUTION_ENVIRONMENT_GEN1", "EXECUTION_ENVIRONMENT_GEN2"],
  launch_stage: ["UNIMPLEMENTED", "PRELAUNCH", "EARLY_ACCESS", "ALPHA", "BETA", "GA", "DEPRECATED"],
  "traffic.type": ["TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"],
  "instance_splits.type": [
    "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST",
    "INSTANCE_SPLIT_ALLOCATION_TYPE_REVISION",
  ],
};

const FIRST = ["all", "internal", "internal-and-cloud-load-balancing"];

/** Annotations of a revision of the first generation, and how their values are written. */
const REVISION: readonly (readonly [key: string, form: RegExp, choices: string])[] = [
  [
    "run.googleapis.com/vpc-access-egress",
    /^(all-traffic|private-ranges-only|all)$/,
    "all-traffic or private-ranges-only",
  ],
  ["run.googleapis.com/execution-environment", /^gen[12]$/, "gen1 or gen2"],
  ["autoscaling.knative.dev/minScale", /^\d+$/, "a number"],
  ["autoscaling.knative.dev/maxScale", /^\d+$/, "a number"],
];

function* revisionAnnotations(workload: Workload): Iterable<Violation> {
  for (const [key, form, choices] of REVISION) {
    const written = annotation(workload.resource, "template", key);
    if (typeof written !== "string" || written === "" || form.test(written)) continue;
    yield {
      resource: workload.resource,
      message: `the annotation ${key} is "${written}"; rejected by the API: it is ${choices}.`,
    };
  }
}

/** Settings with a fixed set of values have one of them. */
export const choices: Rule = {
  id: "service/choices",
  why: "Terraform does not check the choices inside a template once one value there is unknown, so a misspelled one comes out at apply only.",
  limit: "the values that the API lists, in the spelling of their generation",
  fix: "Write one of the values that are named, in the spelling of the resource's own generation: ALL_TRAFFIC (second), all-traffic (first).",
  source: INGRESS_DOC,
  *check(graph) {
    for (const workload of workloads(graph)) {
      const { resource, kind, generation, template } = workload;
      if (kind === "function") continue;
      if (generation === 1) {
        const written = annotation(resource, "service", "run.googleapis.com/ingress");
        if (typeof written === "string" && !FIRST.includes(written))
          yield {
            resource,
            message: `the annotation run.googleapis.com/ingress is "${written}"; rejected by the API: it is one of ${FIRST.join(", ")}.`,
          };
        yield* revisionAnnotations(workload);
        continue;
      }
      for (const [path, allowed] of Object.entries(SECOND)) {
        const written = (path === "execution_environment" ? template : resource).string(path);
        if (written === undefined || written === "" || allowed.includes(written)) continue;
        yield {
          resource,
          message: `${path} is "${written}"; rejected by the API: it is one of ${allowed.join(", ")}.`,
        };
      }
    }
  },
};
