import { Block, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import { list } from "../lists.ts";
import { readTemplate, type Spelling } from "./template.ts";
import { count, isKnown, networkInterface, scalingOf, timeoutOf, vpcAccessOf, written } from "./values.ts";
import type { Scaling, TrafficTarget, Workload } from "./workload.ts";

const spelling: Spelling = {
  valueSource: "value_source",
  secretKey: ["secret", "version"],
  secretFile: ["secret", "version"],
};

export function service(resource: Resource): Workload {
  const template = templateOf(resource, "template");
  return {
    ...common(resource, template, "service"),
    scaling: manual(resource) ?? {
      ...scalingAt(resource, "template.scaling"),
      ofAllRevisions: scalingAt(resource, "scaling").max,
    },
    timeout: timeoutOf(template, "timeout", "request", cloudRunLimits.defaultRequestTimeout.value),
    concurrency: {
      attribute: "max_instance_request_concurrency",
      value: template.get("max_instance_request_concurrency"),
    },
    ingress: ingressOf(resource.get("ingress")),
    sessionAffinity: template.boolean("session_affinity") === true,
    traffic: trafficOf(resource),
  };
}

export function workerPool(resource: Resource): Workload {
  return {
    ...common(resource, templateOf(resource, "template"), "worker pool"),
    executionEnvironment: "second",
    // A worker pool scales as a whole, a service by revision.
    scaling: manual(resource) ?? scalingAt(resource, "scaling"),
  };
}

export function job(resource: Resource): Workload {
  const template = templateOf(resource, "template.template");
  return {
    ...common(resource, template, "job"),
    scaling: tasks(resource),
    timeout: timeoutOf(template, "timeout", "task", cloudRunLimits.defaultTaskTimeout.value),
    executionEnvironment: "second",
  };
}

function templateOf(resource: Resource, path: string): Block {
  return resource.blocks(path)[0] ?? new Block({});
}

function common(resource: Resource, template: Block, kind: Workload["kind"]) {
  const access = template.blocks("vpc_access")[0];
  const read = readTemplate(template, spelling, kind === "service");
  return {
    ...read,
    resource,
    kind,
    generation: 2,
    label: `Cloud Run ${kind}`,
    executionEnvironment: ENVIRONMENTS[template.string("execution_environment") ?? ""],
    cpuAlwaysAllocated: read.containers.some(({ block }) => block.boolean("resources.cpu_idle") === false),
    vpcAccess: vpcAccessOf(
      written(access?.get("connector")),
      (access?.blocks("network_interfaces") ?? []).map(networkInterface),
      access?.get("egress"),
      isKnown(template.get("vpc_access")) && isKnown(access?.get("network_interfaces")),
    ),
    sqlVolumes: read.volumes.flatMap((volume) =>
      volume.blocks("cloud_sql_instance").map((sql) => ({
        name: volume.string("name"),
        instances: list(sql.get("instances")),
      })),
    ),
    serviceAccount: written(template.get("service_account")),
  } as const;
}

export const ENVIRONMENTS: { readonly [value: string]: Workload["executionEnvironment"] } = {
  EXECUTION_ENVIRONMENT_GEN1: "first",
  gen1: "first",
  EXECUTION_ENVIRONMENT_GEN2: "second",
  gen2: "second",
};

function manual(resource: Resource): Scaling | undefined {
  const mode = resource.string("scaling.scaling_mode");
  const instances = resource.number("scaling.manual_instance_count");
  // A worker pool is scaled by hand where nothing else is written.
  const byHand =
    mode === undefined && resource.type === "google_cloud_run_v2_worker_pool" && instances !== undefined;
  if (mode !== "MANUAL" && !byHand) return undefined;
  return { min: instances, max: instances, byDefault: false, attribute: "scaling.manual_instance_count" };
}

function scalingAt(resource: Resource, path: string): Scaling {
  const attribute = `${path}.max_instance_count`;
  return scalingOf(resource.get(`${path}.min_instance_count`), resource.get(attribute), attribute);
}

/** As many tasks as `parallelism` run at once; all of them where it is not set. */
function tasks(resource: Resource): Scaling {
  const [parallelism, all] = [resource.get("template.parallelism"), resource.get("template.task_count")];
  const most = Math.min(count(parallelism) || Number.POSITIVE_INFINITY, count(all) || 1);
  return {
    min: 0,
    max: isUnknown(parallelism) || isUnknown(all) ? undefined : most,
    byDefault: false,
    attribute: "template.parallelism",
  };
}

const INGRESS: { readonly [value: string]: Workload["ingress"] } = {
  all: "all",
  INGRESS_TRAFFIC_ALL: "all",
  ALLOW_ALL: "all",
  internal: "internal",
  INGRESS_TRAFFIC_INTERNAL_ONLY: "internal",
  ALLOW_INTERNAL_ONLY: "internal",
  "internal-and-cloud-load-balancing": "load-balancer",
  INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER: "load-balancer",
  ALLOW_INTERNAL_AND_GCLB: "load-balancer",
};

/** The same word for ingress in every API; without one, all may come in. */
export function ingressOf(value: Value | undefined): Workload["ingress"] {
  if (value === undefined || value === "") return "all";
  return typeof value === "string" ? INGRESS[value] : undefined;
}

/** The traffic of a service in either generation. */
export function trafficOf(resource: Resource): TrafficTarget[] {
  if (!isKnown(resource.get("traffic")) || resource.get("dynamic") !== undefined) return [];
  return resource.blocks("traffic").map((block) => ({
    revision: (block.get("revision") ?? block.get("revision_name")) || undefined,
    goesTo: goesTo(block),
    percent: block.get("percent") === undefined ? 0 : block.number("percent"),
    tag: block.string("tag") || undefined,
  }));
}

function goesTo(block: Block): TrafficTarget["goesTo"] {
  const latest = block.boolean("latest_revision");
  const type = block.string("type");
  if (latest === true || type === "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST") return "latest";
  return latest === false || type === "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION" ? "revision" : undefined;
}
