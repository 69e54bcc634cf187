import { deliveryLimits } from "../../resources/limits.ts";
import { type PlatformNames, secretVariable } from "../names.ts";
import {
  type Environment,
  isService,
  type Service,
  type Topic,
  type Workload,
  workloads,
} from "../schema/environment.ts";
import { days, type Seconds, seconds } from "../units.ts";

/** One subscription of a service to a topic. */
export interface Subscription {
  /** Names in the environment. */
  readonly service: string;
  readonly topic: string;
  /** Name of the Pub/Sub subscription. */
  readonly name: string;
  /** HTTP path of the service. */
  readonly path: string;
  /** Acknowledgement deadline. */
  readonly deadline: Seconds;
  /** Deliveries of one message before it goes to the dead letters. */
  readonly attempts: number;
}

type MessagingParts = Pick<Environment, "services"> & { readonly names: PlatformNames };

/** Every subscription of the environment, in the order of its services. */
export function subscriptions({ services, names }: MessagingParts): Subscription[] {
  return services.flatMap((service) => subscriptionsOf({ names }, service));
}

export function subscriptionsOf(
  { names }: Pick<MessagingParts, "names">,
  service: Service,
): readonly Subscription[] {
  return (service.subscriptions ?? []).map(({ topic, path, deadline, attempts }) => ({
    service: service.name,
    topic,
    name: names.subscription(topic, service.name),
    path,
    deadline: deadline ?? defaultDeadline(service),
    attempts,
  }));
}

/** A message takes no longer than a request may; within what Pub/Sub takes. */
function defaultDeadline({ requestTimeout }: Pick<Service, "requestTimeout">): Seconds {
  const { ackDeadlineLow, ackDeadlineHigh } = deliveryLimits;
  return seconds(Math.min(Math.max(requestTimeout, ackDeadlineLow.value), ackDeadlineHigh.value));
}

/** The services and jobs that publish to a topic. */
export function publishersOf(
  plan: Pick<Environment, "services" | "jobs" | "workerPools">,
  { name }: Pick<Topic, "name">,
): readonly Workload[] {
  return workloads(plan).filter(({ publishes = [] }) => publishes.includes(name));
}

/** One way of messages through the environment. */
export interface MessageRoute {
  readonly topic: string;
  /** Names of services and jobs. */
  readonly publishers: readonly string[];
  /** Undefined where no service subscribes to the topic. */
  readonly subscription: Subscription | undefined;
  /** The service and its path that get the messages as events, by Eventarc; undefined for a subscription, and where nobody does. */
  readonly event: { readonly service: string; readonly path: string } | undefined;
}

/** Every topic with each of its subscriptions, or with none. */
export function messageRoutes(
  plan: Pick<Environment, "topics" | "services" | "jobs" | "workerPools"> & {
    readonly subscriptions: readonly Subscription[];
  },
): MessageRoute[] {
  return (plan.topics ?? []).flatMap((topic): MessageRoute[] => {
    const publishers = publishersOf(plan, topic).map(({ name }) => name);
    const own = plan.subscriptions.filter((subscription) => subscription.topic === topic.name);
    const events = plan.services.flatMap(({ name: service, events: all = [] }) =>
      all.filter((event) => event.topic === topic.name).map(({ path }) => ({ service, path })),
    );
    const route = { topic: topic.name, publishers };
    if (own.length + events.length === 0) return [{ ...route, subscription: undefined, event: undefined }];
    return [
      ...own.map((subscription) => ({ ...route, subscription, event: undefined })),
      ...events.map((event) => ({ ...route, subscription: undefined, event })),
    ];
  });
}

/** Topics that a service subscribes to: each has dead letters. */
export function subscribedTopics({
  topics = [],
  services,
}: Pick<Environment, "topics" | "services">): readonly Topic[] {
  const subscribed = services.flatMap((service) => service.subscriptions ?? []).map(({ topic }) => topic);
  return topics.filter(({ name }) => subscribed.includes(name));
}

/** The names of topics that a service or job uses. */
export function topicsOf(workload: Workload): string[] {
  const { publishes = [] } = workload;
  if (!isService(workload)) return publishes;
  const { subscriptions: subscribed = [], events = [] } = workload;
  return [
    ...publishes,
    ...subscribed.map(({ topic }) => topic),
    ...events.flatMap(({ topic }) => topic ?? []),
  ];
}

/** Account of Google's that forwards dead letters in a project, by the number of the project. */
export function pubsubAgent(projectNumber: string): string {
  return `service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
}

/** The variable with the full id of a topic: orders-paid -> ORDERS_PAID_TOPIC. */
export function topicVariable(topic: string): string {
  return `${secretVariable(topic)}_TOPIC`;
}

/** How long Pub/Sub keeps what a service does not take, in days. */
export const DAYS_UNDELIVERED = deliveryLimits.messageRetentionDefault.value / days(1);
/** How long dead letters are kept, in days. */
export const DAYS_OF_DEAD_LETTERS = deliveryLimits.messageRetentionHigh.value / days(1);
