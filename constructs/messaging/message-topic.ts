import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic/index.js";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import type { Seconds } from "../../platform/units.ts";
import { protectedFromDestroy } from "../protection.ts";

export interface MessageTopicProps {
  /** 3 to 255 letters, digits and -_.~+%, a letter first, and not "goog" at the beginning. */
  readonly name: string;
  /** How long every message is kept, delivered or not: 600 s to 31 days. @default only what is not delivered is kept */
  readonly retention?: Seconds;
  /** Who may publish: label -> e-mail of a service account. @default nobody */
  readonly publishers?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** Terraform refuses to delete it: with it its subscriptions would lose what is not delivered yet. @default false */
  readonly protection?: boolean;
}

/**
 * A Pub/Sub topic. Publishing is granted on this topic only.
 *
 *     publisher (service account) -> roles/pubsub.publisher -> topic -> subscriptions
 */
export class MessageTopic extends AssertedConstruct {
  readonly resource: PubsubTopic;

  constructor(scope: Construct, id: string, props: MessageTopicProps) {
    super(scope, id);
    const { name, retention, publishers = {}, labels, protection } = props;
    if (retention !== undefined) this.nonZero({ retention });
    this.resource = new PubsubTopic(this, "Resource", {
      name,
      ...(retention === undefined ? {} : { messageRetentionDuration: `${retention}s` }),
      ...(labels === undefined ? {} : { labels: { ...labels } }),
      ...protectedFromDestroy(protection),
    });
    for (const [label, email] of this.entries("publishers", publishers)) {
      new PubsubTopicIamMember(this, `Publisher-${label}`, {
        topic: this.resource.name,
        role: "roles/pubsub.publisher",
        member: `serviceAccount:${email}`,
      });
    }
  }
}
