import { z } from "zod";
import { bucket } from "./bucket.ts";
import { cache } from "./cache.ts";
import { common, projectId } from "./common.ts";
import { database } from "./database.ts";
import { deadlines } from "./deadlines.ts";
import { delivery } from "./delivery.ts";
import { difference } from "./difference.ts";
import { edge, externalDependency } from "./edge.ts";
import { existing } from "./existing.ts";
import { job } from "./job.ts";
import { choice, count } from "./leaf.ts";
import { secretName } from "./names.ts";
import { network } from "./network.ts";
import { operations } from "./operations.ts";
import { preflight } from "./preflight.ts";
import { provider } from "./provider.ts";
import { furtherRegion } from "./region.ts";
import { rollout } from "./rollout.ts";
import { section } from "./section.ts";
import { service } from "./service.ts";
import { topic } from "./topic.ts";
import { validation } from "./validation.ts";
import { workerPool } from "./worker-pool.ts";

const secret = section({
  /** Secret Manager id. A service gets it as an environment variable: jwt-signing-key becomes JWT_SIGNING_KEY. */
  name: secretName,
  /** Version that services read, pinned so that a rotation is a reviewed change. @default 1 */
  version: count({ from: 1, to: 1000000, because: "a number; never latest", isName: true }).default(1),
  /**
   * Project of a secret that others manage: nothing of it is created here, and what its owner grants is printed.
   * @default the environment's project, where it is created
   */
  project: projectId("acme-secrets").optional(),
});

export const environmentSchema = section({
  ...common,
  /**
   * Version of the provider hashicorp/google: "6", "7" or "8" for the last release of that major version, or a version
   * constraint of Terraform ("~> 7.19"). How to upgrade: docs/provider.md. @default "6.50.0"
   */
  provider: provider.optional(),
  /**
   * What a destroy does to what `protection` protects: "PREVENT" refuses it, also where a block is gone from the code, and
   * "ABANDON" takes it out of the state only. Left out again, it stays in the state: "DELETE" takes it back. Needs provider
   * 7.33. @default `protection` alone
   */
  deletionPolicy: choice(["PREVENT", "ABANDON", "DELETE"]).optional(),
  /** The VPC network. Leave out where everything has path "none", and no database or cache is there: none is created then. */
  network: network.prefault({ addresses: {} }),
  /**
   * Further regions that services run in (`regions` there). Database, cache, jobs, subscriptions and states stay in `region`,
   * the main one. @default none
   */
  regions: z.array(furtherRegion).optional(),
  /** The one Cloud SQL instance. Leave out where no service uses one. */
  database: database.optional(),
  /** Several Cloud SQL instances in place of `database`; services say which (`instance`). @default none */
  databases: z.array(database).optional(),
  /** The one Redis instance. Leave out where no service uses one. */
  cache: cache.optional(),
  /** Several Redis instances in place of `cache`; services say which (`instance`). @default none */
  caches: z.array(cache).optional(),
  /** Every secret of the environment, by name: values are added by a person and are never in code or state. */
  secrets: z.array(secret),
  /** External endpoints that services call. @default none */
  externalDependencies: z.array(externalDependency).default([]),
  services: z.array(service),
  /** Jobs, by hand or on a schedule. @default none */
  jobs: z.array(job).optional(),
  /** Worker pools: instances that always run and fetch their work themselves. @default none */
  workerPools: z.array(workerPool).optional(),
  /** Pub/Sub topics, which services and jobs publish to (`publishes`) and services subscribe to (`subscriptions`). @default none */
  topics: z.array(topic).optional(),
  /** Cloud Storage buckets, which services and jobs read and write (`buckets` there). @default none */
  buckets: z.array(bucket).optional(),
  /** Load balancer of the public hosts. Leave out where no service has an exposure. */
  edge: edge.optional(),
  /** @default those of an application that initializes its database within 75 s, three times */
  deadlines: deadlines.prefault({}),
  /** Cloud Run revisions that run concurrently during a rollout. @default 2 */
  overlappingRevisions: choice([2, 3], "an old and a new revision always overlap", "revisions").default(2),
  /** Checks from inside the network before a deployment and every five minutes. @default none */
  preflight: preflight.optional(),
  /** Traffic steps of a rollout. @default 5, 25, 50 and 100 % */
  rollout: rollout.prefault({}),
  /** Links in notifications. @default none */
  operations: operations.prefault({}),
  /** Checks after a deployment. @default health of every public host, certificates, start-ups and preflight */
  validation: validation.prefault({}),
  /** Existing resources, which are imported instead of created. @default none */
  existing: existing.default({ natAddresses: [], services: {}, serviceAccounts: {}, secrets: [] }),
  /** GitHub repository or GitLab project whose workflows deploy it (docs/delivery.md). @default none: people deploy */
  delivery: delivery.optional(),
  /** Intended differences from other environments. @default none */
  differences: z.array(difference).default([]),
});

/** What a person writes in environments/<name>.ts. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** A complete environment: defaults filled in, its name and prefix known. */
export type Environment = z.output<typeof environmentSchema> & {
  readonly name: string;
  readonly prefix: string;
  /** The whole environment, where this one is the view of one of its further regions (platform/regions/regions.ts). */
  readonly main?: Environment | undefined;
};
export type FurtherRegion = NonNullable<Environment["regions"]>[number];
export type Service = Environment["services"][number];
export type Job = NonNullable<Environment["jobs"]>[number];
export type WorkerPool = NonNullable<Environment["workerPools"]>[number];
/** What runs a container: a service, a job or a worker pool. */
export type Workload = Service | Job | WorkerPool;

/** Services, then jobs, then worker pools. */
export function workloads({
  services,
  jobs = [],
  workerPools = [],
}: Pick<Environment, "services" | "jobs" | "workerPools">): readonly Workload[] {
  return [...services, ...jobs, ...workerPools];
}

/** Where a workload is written: ["jobs", 0]. */
export function pathOf(
  { services, jobs = [], workerPools = [] }: Pick<Environment, "services" | "jobs" | "workerPools">,
  workload: Workload,
): (string | number)[] {
  const job = jobs.indexOf(workload as Job);
  if (job >= 0) return ["jobs", job];
  const pool = workerPools.indexOf(workload as WorkerPool);
  if (pool >= 0) return ["workerPools", pool];
  return ["services", services.indexOf(workload as Service)];
}

export function isJob(workload: Workload): workload is Job {
  return "tasks" in workload;
}

export function isWorkerPool(workload: Workload): workload is WorkerPool {
  return "instanceCount" in workload;
}

/** "service", "job" or "worker pool", for people. */
export function kindOf(workload: Workload): "service" | "job" | "worker pool" {
  if (isJob(workload)) return "job";
  return isWorkerPool(workload) ? "worker pool" : "service";
}

export function isService(workload: Workload): workload is Service {
  return !isJob(workload) && !isWorkerPool(workload);
}
/** A container next to that of a workload. */
export type Sidecar = NonNullable<Workload["sidecars"]>[number];
export type Event = NonNullable<Service["events"]>[number];
export type Topic = NonNullable<Environment["topics"]>[number];
export type Bucket = NonNullable<Environment["buckets"]>[number];
export type Database = NonNullable<Environment["database"]>;
export type Cache = NonNullable<Environment["cache"]>;
export type Deadlines = Environment["deadlines"];
