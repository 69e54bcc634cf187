import type { PlatformNames } from "../names.ts";
import type { Bucket, Environment, Event, Service } from "../schema/environment.ts";

/** One trigger of Eventarc. */
export interface EventTrigger {
  /** Name in the environment. */
  readonly event: string;
  /** Name of the trigger. */
  readonly name: string;
  readonly service: string;
  readonly path: string;
  /** What it waits for, for people: "objects of uploads that are finalized". */
  readonly source: string;
  /** Attributes that an event must have. */
  readonly criteria: Readonly<Record<string, string>>;
  /** Full id of the topic whose messages are the events; undefined where Eventarc makes one. */
  readonly topicId: string | undefined;
}

type Parts = Pick<Environment, "services"> & { readonly names: PlatformNames };

/** Every trigger of the environment, in the order of its services. */
export function eventTriggers({ services, names }: Parts): EventTrigger[] {
  return services.flatMap((service) => triggersOf({ names }, service));
}

export function triggersOf({ names }: Pick<Parts, "names">, service: Service): EventTrigger[] {
  return (service.events ?? []).map((event) => ({
    event: event.name,
    name: names.trigger(event.name),
    service: service.name,
    path: event.path,
    ...origin(names, event),
  }));
}

/** https://docs.cloud.google.com/eventarc/docs/event-types */
function origin(
  names: PlatformNames,
  { bucket, change = "finalized", topic, audit }: Event,
): Pick<EventTrigger, "source" | "criteria" | "topicId"> {
  if (bucket !== undefined)
    return {
      source: `objects of the bucket ${bucket}: ${CHANGES[change]}`,
      criteria: { type: `google.cloud.storage.object.v1.${change}`, bucket: names.bucket(bucket) },
      topicId: undefined,
    };
  if (topic !== undefined)
    return {
      source: `messages of the topic ${topic}`,
      criteria: { type: "google.cloud.pubsub.topic.v1.messagePublished" },
      topicId: names.topicId(topic),
    };
  return {
    source: `audit log: ${audit?.method} of ${audit?.service}`,
    criteria: {
      type: "google.cloud.audit.log.v1.written",
      serviceName: audit?.service ?? "",
      methodName: audit?.method ?? "",
    },
    topicId: undefined,
  };
}

const CHANGES: Readonly<Record<NonNullable<Event["change"]>, string>> = {
  finalized: "written",
  deleted: "deleted",
  archived: "an old version kept",
  metadataUpdated: "metadata changed",
};

/** Whether its account must be allowed to receive events: messages of a topic come by Pub/Sub alone. */
export function receivesEvents({ events = [] }: Pick<Service, "events">): boolean {
  return events.some(({ topic }) => topic === undefined);
}

/** Whether Eventarc waits for what happens to the objects of a bucket. */
export function isWatched(
  { services }: Pick<Environment, "services">,
  { name }: Pick<Bucket, "name">,
): boolean {
  return services.some(({ events = [] }) => events.some(({ bucket }) => bucket === name));
}

/** What sends requests to a service as the service itself; undefined where nothing does. */
export function senderTo({ subscriptions = [], events = [] }: Service): string | undefined {
  if (subscriptions.length > 0) return "Pub/Sub sends messages to it (subscriptions)";
  return events.length > 0 ? "Eventarc sends events to it (events)" : undefined;
}

/** Account of Google's that Cloud Storage publishes its events as, by the number of the project. */
export function storageAgent(projectNumber: string): string {
  return `service-${projectNumber}@gs-project-accounts.iam.gserviceaccount.com`;
}
