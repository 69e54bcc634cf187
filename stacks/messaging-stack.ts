import type { Construct } from "constructs";
import { DeadLetterTopic } from "../constructs/messaging/dead-letter-topic.ts";
import { MessageTopic } from "../constructs/messaging/message-topic.ts";
import { publishersOf, pubsubAgent, subscribedTopics } from "../platform/backing-services/messaging.ts";
import { projectNumberOf } from "../platform/edge/service-address.ts";
import { onePerAccount } from "../platform/workloads/foreign-accounts.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/** Topics with their publishers, and the dead letters of those that a service subscribes to. */
export class MessagingStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<
      "protection" | "topics" | "services" | "jobs" | "workerPools" | "projectNumber" | "delivery"
    >,
  ) {
    super(scope, plan, "messaging");
    const { topics = [], protection } = plan;
    for (const topic of topics) {
      new MessageTopic(this, `topic-${topic.name}`, {
        name: this.names.topic(topic.name),
        ...(topic.retention === undefined ? {} : { retention: topic.retention }),
        publishers: Object.fromEntries(
          onePerAccount(
            this.names,
            publishersOf(plan, topic).map(({ name }) => name),
          ).map((name) => [name, this.names.serviceAccountEmail(name)]),
        ),
        protection,
      });
    }
    const agent = pubsubAgent(projectNumberOf(plan) ?? "");
    for (const { name } of subscribedTopics(plan)) {
      new DeadLetterTopic(this, `dead-letters-${name}`, {
        name: this.names.deadLetters(name),
        agent,
        protection,
      });
    }
  }
}
