import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic/index.js";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member/index.js";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket/index.js";
import type { Construct } from "constructs";
import { type PlatformPlan, PlatformStack } from "single-source-platform/stacks";

/** Orders as events, and the bucket of their receipts; the service api publishes. */
export class EventsStack extends PlatformStack {
  constructor(scope: Construct, plan: PlatformPlan) {
    super(scope, plan, "events");
    const orders = new PubsubTopic(this, "orders", { name: `${plan.prefix}-orders` });
    new PubsubTopicIamMember(this, "publisher", {
      topic: orders.name,
      role: "roles/pubsub.publisher",
      member: `serviceAccount:${this.names.serviceAccountEmail("api")}`,
    });
    new StorageBucket(this, "receipts", {
      name: `${plan.project}-receipts`,
      location: plan.region,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
    });
  }
}
