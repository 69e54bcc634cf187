import { Block, type Graph, isUnknown, type Resource, type Unknown, type Value } from "../../graph/index.ts";

/** A Cloud Run service or job, whichever resource type and generation of the API it is written in. */
export interface Workload {
  readonly resource: Resource;
  readonly kind: "service" | "knative" | "job";
  /** The block that holds containers, volumes and the timeout. */
  readonly revision: Block;
  readonly containers: readonly Block[];
}

export const serviceTypes: readonly string[] = ["google_cloud_run_v2_service", "google_cloud_run_service"];

const REVISION_PATH = {
  google_cloud_run_v2_service: ["service", "template"],
  google_cloud_run_service: ["knative", "template.spec"],
  google_cloud_run_v2_job: ["job", "template.template"],
} as const;

type WorkloadType = keyof typeof REVISION_PATH;

function isWorkloadType(type: string): type is WorkloadType {
  return Object.hasOwn(REVISION_PATH, type);
}

/** The workload that a resource is; undefined for any other type. */
export function workloadOf(resource: Resource): Workload | undefined {
  if (!isWorkloadType(resource.type)) return undefined;
  const [kind, path] = REVISION_PATH[resource.type];
  const revision = resource.blocks(path)[0] ?? new Block({});
  return { resource, kind, revision, containers: revision.blocks("containers") };
}

/** Services of both generations. */
export function services(graph: Graph): Workload[] {
  return graph.all(...serviceTypes).flatMap((resource) => workloadOf(resource) ?? []);
}

/** Services and jobs. */
export function workloads(graph: Graph): Workload[] {
  return graph.all(...Object.keys(REVISION_PATH)).flatMap((resource) => workloadOf(resource) ?? []);
}

/** Plain environment variables of a container; a name whose value comes from a secret is left out. */
export function environment(container: Block): ReadonlyMap<string, Value> {
  const variables = new Map<string, Value>();
  for (const entry of container.blocks("env")) {
    const name = entry.string("name");
    const value = entry.get("value");
    if (name !== undefined && value !== undefined) variables.set(name, value);
  }
  return variables;
}

/** A map entry whose key may hold dots, as annotations do. */
export function entry(block: Block, path: string, key: string): Exclude<Value, null> | undefined {
  const map = block.get(path);
  if (isUnknown(map)) return map;
  if (map === undefined || typeof map !== "object" || Array.isArray(map)) return undefined;
  return (map as { readonly [key: string]: Value })[key] ?? undefined;
}

/** An annotation on the service itself or, where `revision` is asked for, on its revision template (first generation only). */
export function annotation(
  workload: Workload,
  level: "service" | "revision",
  key: string,
): Exclude<Value, null> | undefined {
  const path = level === "service" ? "metadata.annotations" : "template.metadata.annotations";
  return workload.kind === "knative" ? entry(workload.resource, path, key) : undefined;
}

/** Short name of ingress, the same for both generations; undefined where it is not known. */
export function ingress(workload: Workload): "all" | "internal" | "load-balancer" | undefined {
  const written =
    workload.kind === "knative"
      ? (annotation(workload, "service", "run.googleapis.com/ingress") ??
        annotation(workload, "service", "run.googleapis.com/ingress-status"))
      : workload.resource.get("ingress");
  if (written === undefined || written === "") return "all";
  const known: { readonly [value: string]: "all" | "internal" | "load-balancer" } = {
    all: "all",
    INGRESS_TRAFFIC_ALL: "all",
    internal: "internal",
    INGRESS_TRAFFIC_INTERNAL_ONLY: "internal",
    "internal-and-cloud-load-balancing": "load-balancer",
    INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER: "load-balancer",
  };
  return typeof written === "string" ? known[written] : undefined;
}

/** The connector of the workload: a value (perhaps unknown), or undefined where it has none. */
export function connector(workload: Workload): string | Unknown | undefined {
  const written =
    workload.kind === "knative"
      ? annotation(workload, "revision", "run.googleapis.com/vpc-access-connector")
      : workload.revision.get("vpc_access.connector");
  return isUnknown(written) || (typeof written === "string" && written !== "") ? written : undefined;
}

/** True where the workload has addresses of its own in a subnet (Direct VPC egress). */
export function hasDirectEgress(workload: Workload): boolean {
  return workload.kind === "knative"
    ? annotation(workload, "revision", "run.googleapis.com/network-interfaces") !== undefined
    : workload.revision.blocks("vpc_access.network_interfaces").length > 0;
}

/** True where all traffic of the workload goes through the VPC network. */
export function sendsAllTraffic(workload: Workload): boolean {
  const written =
    workload.kind === "knative"
      ? annotation(workload, "revision", "run.googleapis.com/vpc-access-egress")
      : workload.revision.get("vpc_access.egress");
  return written === "ALL_TRAFFIC" || written === "all-traffic" || written === "all";
}
