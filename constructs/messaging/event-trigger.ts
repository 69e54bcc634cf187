import { EventarcTrigger } from "@cdktf/provider-google/lib/eventarc-trigger/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";

export interface EventTriggerProps {
  /** At most 63 lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Region of the service, and of the bucket whose events it waits for. */
  readonly region: string;
  /** Attributes that an event must have: { type: "google.cloud.storage.object.v1.finalized", bucket: "acme-uploads" }. */
  readonly criteria: Readonly<Record<string, string>>;
  /** Name of the Cloud Run service, in the same region. */
  readonly service: string;
  /** HTTP path of the service, with a slash first. @default "/" */
  readonly path?: string;
  /** E-mail of the account of the ID token: it needs roles/run.invoker on the service, and roles/eventarc.eventReceiver. */
  readonly serviceAccount: string;
  /** Full id of the topic whose messages are the events. @default one that Eventarc makes */
  readonly topic?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Events that Eventarc sends to a Cloud Run service, each as a POST request with an ID token.
 *
 *     bucket, topic or audit log -> trigger -> POST with an ID token -> service
 */
export class EventTrigger extends AssertedConstruct {
  readonly resource: EventarcTrigger;

  constructor(scope: Construct, id: string, props: EventTriggerProps) {
    super(scope, id);
    this.resource = new EventarcTrigger(this, "Resource", {
      name: props.name,
      location: props.region,
      matchingCriteria: this.entries("criteria", props.criteria).map(([attribute, value]) => ({
        attribute,
        value,
      })),
      destination: {
        cloudRunService: { service: props.service, region: props.region, path: props.path ?? "/" },
      },
      serviceAccount: props.serviceAccount,
      ...(props.topic === undefined ? {} : { transport: { pubsub: { topic: props.topic } } }),
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
    });
  }
}
