import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription/index.js";
import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import type { Seconds } from "../../platform/units.ts";
import { deliveryLimits } from "../../resources/limits.ts";

export interface PushSubscriptionProps {
  readonly name: string;
  /** Full id of the topic: projects/PROJECT/topics/NAME. */
  readonly topic: string;
  /** Address of the service that takes the messages, without a path; the audience of its ID tokens. */
  readonly service: string;
  /** HTTP path of the service, with a slash first. @default "/" */
  readonly path?: string;
  /** E-mail of the account of the ID token; it needs roles/run.invoker on a Cloud Run service that is not public. */
  readonly serviceAccount: string;
  /** How long one message may take, 10 to 600 s: at least the request timeout of the service. */
  readonly deadline: Seconds;
  /** Full id of the topic for messages that cannot be handled. */
  readonly deadLetterTopic: string;
  /** Deliveries of one message before it goes there, 5 to 100. */
  readonly attempts: number;
  /** E-mail of Pub/Sub's service agent, which forwards dead letters: service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com. */
  readonly agent: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Messages of a topic, each sent to a service as a request with an ID token. What the service does not take is sent again after a
 * pause of 10 to 600 s, and in the end goes to the dead letters; a message is kept for 7 days. The subscription never expires.
 *
 *     topic -> subscription -> POST with an ID token -> service
 *                           -> Pub/Sub's service agent -> dead-letter topic
 */
export class PushSubscription extends AssertedConstruct {
  readonly resource: PubsubSubscription;

  constructor(scope: Construct, id: string, props: PushSubscriptionProps) {
    super(scope, id);
    const { path = "/", deadline, attempts } = props;
    this.nonZero({ deadline, attempts });
    this.resource = new PubsubSubscription(this, "Resource", {
      name: props.name,
      topic: props.topic,
      ackDeadlineSeconds: deadline,
      pushConfig: {
        pushEndpoint: `${props.service}${path}`,
        oidcToken: { serviceAccountEmail: props.serviceAccount, audience: props.service },
      },
      deadLetterPolicy: { deadLetterTopic: props.deadLetterTopic, maxDeliveryAttempts: attempts },
      // Without a policy a message comes again at once, and a service that restarts would use up all attempts.
      retryPolicy: {
        minimumBackoff: `${deliveryLimits.retryBackoffLowDefault.value}s`,
        maximumBackoff: `${deliveryLimits.retryBackoffHigh.value}s`,
      },
      messageRetentionDuration: `${deliveryLimits.messageRetentionDefault.value}s`,
      // Empty: never.
      expirationPolicy: { ttl: "" },
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
    });
    // Forwarded messages are acknowledged by the agent.
    new PubsubSubscriptionIamMember(this, "Agent", {
      subscription: this.resource.name,
      role: "roles/pubsub.subscriber",
      member: `serviceAccount:${props.agent}`,
    });
  }
}
