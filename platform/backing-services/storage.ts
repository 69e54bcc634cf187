import { secretVariable } from "../names.ts";
import { type Bucket, type Environment, isService, type Workload, workloads } from "../schema/environment.ts";
import { days } from "../units.ts";

/** How long a bucket keeps what was overwritten or deleted in it. */
export const DAYS_OF_OLD_VERSIONS = 30;

/** What one service or job does with one bucket, or everybody through the load balancer. */
export interface BucketUse {
  /** Names in the environment. */
  readonly bucket: string;
  readonly workload: string;
  readonly access: "read" | "write";
  /** Directory in which its objects appear; undefined where it is not mounted. */
  readonly mount: string | undefined;
}

/** The uses of a bucket, services first. */
export function usesOf(
  plan: Pick<Environment, "services" | "jobs" | "workerPools">,
  { name }: Pick<Bucket, "name">,
): readonly BucketUse[] {
  return workloads(plan).flatMap((workload) =>
    (workload.buckets ?? [])
      .filter(({ bucket }) => bucket === name)
      .map(({ bucket, access, mount }) => ({ bucket, workload: workload.name, access, mount })),
  );
}

/** Whether a workload needs the buckets before it: it uses one, or waits for events of one. */
export function usesBuckets(workload: Workload): boolean {
  const events = isService(workload) ? (workload.events ?? []) : [];
  return (workload.buckets ?? []).length > 0 || events.some(({ bucket }) => bucket !== undefined);
}

/** A line of a table of buckets. */
export interface BucketRow {
  readonly bucket: Bucket;
  /** What is done with it; undefined where nobody uses it. */
  readonly use: (Pick<BucketUse, "workload" | "mount"> & { readonly access: string }) | undefined;
}

/** Every bucket with each of its uses and of those who wait for its events, or with none. */
export function bucketRows(
  plan: Pick<Environment, "buckets" | "services" | "jobs" | "workerPools">,
): BucketRow[] {
  return (plan.buckets ?? []).flatMap((bucket): BucketRow[] => {
    const uses = [...usesOf(plan, bucket), ...readersOf(bucket), ...watchersOf(plan, bucket)];
    return (uses.length === 0 ? [undefined] : uses).map((use) => ({ bucket, use }));
  });
}

/** Who reads it at the load balancer. */
function readersOf({ name, exposure = [] }: Bucket): readonly BucketUse[] {
  return exposure.map(({ host }) => ({
    bucket: name,
    workload: `everybody at ${host}`,
    access: "read",
    mount: undefined,
  }));
}

/** Who is called by what happens to its objects. */
function watchersOf(
  { services }: Pick<Environment, "services">,
  { name }: Bucket,
): { workload: string; access: string; mount: undefined }[] {
  return services
    .filter(({ events = [] }) => events.some(({ bucket }) => bucket === name))
    .map((service) => ({ workload: service.name, access: "get its events", mount: undefined }));
}

/** The variable with the name of a bucket: user-uploads -> USER_UPLOADS_BUCKET. */
export function bucketVariable(bucket: string): string {
  return `${secretVariable(bucket)}_BUCKET`;
}

/** Days after which the objects of a bucket are deleted; undefined where they are kept. */
export function daysOf({ deleteAfter }: Pick<Bucket, "deleteAfter">): number | undefined {
  return deleteAfter === undefined ? undefined : deleteAfter / days(1);
}
