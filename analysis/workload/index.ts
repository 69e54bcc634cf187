import type { Graph, Resource } from "../../graph/index.ts";
import { memoize } from "../memoize.ts";
import { job, service, workerPool } from "./cloud-run.ts";
import { cloudFunction } from "./functions.ts";
import { knativeService } from "./knative.ts";
import type { Variable, Workload } from "./workload.ts";

/** How each type of resource is read. */
const readers: { readonly [type: string]: (resource: Resource) => Workload } = {
  google_cloud_run_v2_service: service,
  google_cloud_run_service: knativeService,
  google_cloud_run_v2_job: job,
  google_cloud_run_v2_worker_pool: workerPool,
  google_cloudfunctions2_function: (resource) => cloudFunction(resource, 2),
  google_cloudfunctions_function: (resource) => cloudFunction(resource, 1),
};

export const serviceTypes: readonly string[] = ["google_cloud_run_v2_service", "google_cloud_run_service"];

/** The workload that a resource is; undefined for any other type, and for what exists already. */
export const workloadOf = memoize((resource: Resource): Workload | undefined =>
  resource.mode === "data" || !Object.hasOwn(readers, resource.type)
    ? undefined
    : readers[resource.type]?.(resource),
);

/** Every workload of the input. */
export const workloads = memoize((graph: Graph): readonly Workload[] =>
  graph.all(...Object.keys(readers)).flatMap((resource) => workloadOf(resource) ?? []),
);

/** Cloud Run services of both generations. */
export const services = memoize((graph: Graph): readonly Workload[] =>
  workloads(graph).filter(({ kind }) => kind === "service"),
);

/** All variables of all containers. */
export function variables(workload: Workload): readonly Variable[] {
  return workload.containers.flatMap((container) => container.env);
}

export { annotation } from "./knative.ts";
export { count, durationSeconds } from "./values.ts";
export type {
  Container,
  Interface,
  Probe,
  SecretUse,
  Timeout,
  TrafficTarget,
  Variable,
  Workload,
} from "./workload.ts";
