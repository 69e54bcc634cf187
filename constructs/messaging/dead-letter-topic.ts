import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { deliveryLimits } from "../../resources/limits.ts";
import { protectedFromDestroy } from "../protection.ts";
import { MessageTopic } from "./message-topic.ts";

export interface DeadLetterTopicProps {
  /** Name of the topic and of the subscription that keeps its messages. */
  readonly name: string;
  /** E-mail of Pub/Sub's service agent, which forwards dead letters: service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com. */
  readonly agent: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Terraform refuses to delete topic and subscription, and with them the dead letters. @default false */
  readonly protection?: boolean;
}

/**
 * Where messages go that no subscriber could handle. A topic alone would lose them: the subscription keeps them for 31 days, the
 * longest that Pub/Sub allows, until a person pulls them. It never expires, as one that nobody pulls from would after 31 days.
 *
 *     subscription with a dead letter policy -> Pub/Sub's service agent -> topic -> subscription <- gcloud pubsub subscriptions pull
 */
export class DeadLetterTopic extends AssertedConstruct {
  readonly topic: MessageTopic;
  readonly subscription: PubsubSubscription;

  constructor(scope: Construct, id: string, props: DeadLetterTopicProps) {
    super(scope, id);
    const { name, agent, labels, protection = false } = props;
    const own = { name, ...(labels === undefined ? {} : { labels: { ...labels } }) };
    this.topic = new MessageTopic(this, "Topic", { ...own, protection, publishers: { agent } });
    this.subscription = new PubsubSubscription(this, "Subscription", {
      ...own,
      topic: this.topic.resource.id,
      ackDeadlineSeconds: deliveryLimits.ackDeadlineHigh.value,
      messageRetentionDuration: `${deliveryLimits.messageRetentionHigh.value}s`,
      // Empty: never.
      expirationPolicy: { ttl: "" },
      ...protectedFromDestroy(protection),
    });
  }
}
