import { Block, isUnknown, type Resource, Unknown, type Value } from "../../graph/index.ts";
import { entry } from "../service/cloud-run.ts";

/** Types of Cloud Run resources, and where each writes its revision. */
const REVISION: { readonly [type: string]: string } = {
  google_cloud_run_v2_service: "template",
  google_cloud_run_v2_worker_pool: "template",
  google_cloud_run_v2_job: "template.template",
  google_cloud_run_service: "template.spec",
};

export const scaledTypes: readonly string[] = Object.keys(REVISION);

/** The block with containers, or an empty one where it is not written. */
export function revisionOf(resource: Resource): Block {
  return resource.blocks(REVISION[resource.type] ?? "template")[0] ?? new Block({});
}

/** How far a workload scales, as far as it is known. */
export interface Scale {
  readonly min: number | undefined;
  /** Undefined where it is not written or not known. */
  readonly max: number | undefined;
  /** True where no maximum is written, so that Cloud Run's own is in force. */
  readonly byDefault: boolean;
  /** The attribute that holds the maximum, for messages. */
  readonly attribute: string;
}

export function scaleOf(resource: Resource): Scale {
  if (!scaledTypes.includes(resource.type)) return scale(undefined, UNKNOWN, "max_instance_count");
  if (resource.type === "google_cloud_run_service") return knative(resource);
  if (resource.type === "google_cloud_run_v2_job") return job(resource);
  if (resource.string("scaling.scaling_mode") === "MANUAL") {
    const count = resource.number("scaling.manual_instance_count");
    return { min: count, max: count, byDefault: false, attribute: "scaling.manual_instance_count" };
  }
  // A worker pool scales as a whole, a service by revision.
  const path = resource.type === "google_cloud_run_v2_worker_pool" ? "scaling" : "template.scaling";
  return scale(
    resource.get(`${path}.min_instance_count`),
    resource.get(`${path}.max_instance_count`),
    `${path}.max_instance_count`,
  );
}

/** A function scales by settings of its own, which no budget counts. */
const UNKNOWN = new Unknown([], "not a Cloud Run resource");

export const functionTypes: readonly string[] = [
  "google_cloudfunctions2_function",
  "google_cloudfunctions_function",
];

export function functionScale(resource: Resource): Scale {
  const isSecond = resource.type === "google_cloudfunctions2_function";
  const [low, high] = isSecond
    ? ["service_config.min_instance_count", "service_config.max_instance_count"]
    : ["min_instances", "max_instances"];
  return scale(resource.get(low), resource.get(high), high);
}

function knative(resource: Resource): Scale {
  const annotations = "template.metadata.annotations";
  return scale(
    entry(resource, annotations, "autoscaling.knative.dev/minScale"),
    entry(resource, annotations, "autoscaling.knative.dev/maxScale"),
    "autoscaling.knative.dev/maxScale",
  );
}

/** As many tasks as `parallelism` run at once; all of them where it is not written. */
function job(resource: Resource): Scale {
  const tasks = count(resource.get("template.task_count"));
  const parallelism = count(resource.get("template.parallelism"));
  const known =
    !isUnknown(resource.get("template.task_count")) && !isUnknown(resource.get("template.parallelism"));
  const most = Math.min(parallelism || Number.POSITIVE_INFINITY, tasks || 1);
  return { min: 0, max: known ? most : undefined, byDefault: false, attribute: "template.parallelism" };
}

function scale(min: Value | undefined, max: Value | undefined, attribute: string): Scale {
  const most = count(max);
  return {
    min: count(min),
    // A plan reads an absent maximum as 0.
    max: most === 0 ? undefined : most,
    byDefault: max === undefined || most === 0,
    attribute,
  };
}

function count(value: Value | undefined): number | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
