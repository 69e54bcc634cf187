import type { Construct } from "constructs";
import { CloudStorageBucket } from "../constructs/cloud-storage-bucket.ts";
import { daysOf, usesOf } from "../platform/storage.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** Buckets, and who reads and writes each. */
export class StorageStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<"protection" | "buckets" | "services" | "jobs" | "workerPools">,
  ) {
    super(scope, plan, "storage");
    const { region, protection, buckets = [] } = plan;
    for (const bucket of buckets) {
      const days = daysOf(bucket);
      const accounts = (wanted: "read" | "write") =>
        Object.fromEntries(
          usesOf(plan, bucket)
            .filter(({ access }) => access === wanted)
            .map(({ workload }) => [workload, this.names.serviceAccountEmail(workload)]),
        );
      new CloudStorageBucket(this, `bucket-${bucket.name}`, {
        name: this.names.bucket(bucket.name),
        region,
        versioning: bucket.versioning,
        ...(days === undefined ? {} : { deleteAfterDays: days }),
        readers: accounts("read"),
        writers: accounts("write"),
        protection,
      });
    }
  }
}
