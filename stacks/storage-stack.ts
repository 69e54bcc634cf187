import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member/index.js";
import type { Construct } from "constructs";
import { CloudStorageBucket } from "../constructs/cloud-storage-bucket.ts";
import { dependOn } from "../constructs/depend-on.ts";
import { isWatched, storageAgent } from "../platform/backing-services/events.ts";
import { daysOf, usesOf } from "../platform/backing-services/storage.ts";
import { projectNumberOf } from "../platform/edge/service-address.ts";
import { onePerAccount } from "../platform/workloads/foreign-accounts.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** Buckets, and who reads and writes each. */
export class StorageStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<
      "protection" | "projectNumber" | "delivery" | "buckets" | "services" | "jobs" | "workerPools"
    >,
  ) {
    super(scope, plan, "storage");
    const { region, protection, buckets = [] } = plan;
    const watched: CloudStorageBucket[] = [];
    for (const bucket of buckets) {
      const days = daysOf(bucket);
      const accounts = (wanted: "read" | "write") =>
        Object.fromEntries(
          onePerAccount(
            this.names,
            usesOf(plan, bucket)
              .filter(({ access }) => access === wanted)
              .map(({ workload }) => workload),
          ).map((workload) => [workload, this.names.serviceAccountEmail(workload)]),
        );
      const created = new CloudStorageBucket(this, `bucket-${bucket.name}`, {
        name: this.names.bucket(bucket.name),
        region,
        versioning: bucket.versioning,
        ...(bucket.indexPage === undefined ? {} : { indexPage: bucket.indexPage }),
        ...(bucket.notFoundPage === undefined ? {} : { notFoundPage: bucket.notFoundPage }),
        ...(days === undefined ? {} : { deleteAfterDays: days }),
        readers: accounts("read"),
        writers: accounts("write"),
        protection,
      });
      if (isWatched(plan, bucket)) watched.push(created);
    }
    if (watched.length === 0) return;
    // The account is there once the project has a bucket.
    const publisher = new ProjectIamMember(this, "storage-events", {
      project: plan.project,
      role: "roles/pubsub.publisher",
      member: `serviceAccount:${storageAgent(projectNumberOf(plan) ?? "")}`,
    });
    dependOn(publisher, ...watched);
  }
}
