import { deliveryLimits } from "../../resources/limits.ts";
import { topicVariable } from "../backing-services/messaging.ts";
import { projectNumberOf } from "../edge/service-address.ts";
import type { Issue, Path } from "../issue.ts";
import { type PlatformNames, secretVariable } from "../names.ts";
import { type Environment, pathOf, type Service, type Workload, workloads } from "../schema/environment.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<
  Environment,
  "project" | "prefix" | "projectNumber" | "delivery" | "topics" | "services" | "jobs" | "workerPools"
> & { readonly names: PlatformNames };

/** Topics that exist, names that are unique, and numbers that Pub/Sub takes together with those of the service. */
export function messaging(plan: Plan): Issue[] {
  return [
    ...workloads(plan).flatMap((workload) => publications(plan, workload)),
    ...plan.services.flatMap((service) => subscriptionsOf(plan, service)),
    ...missingNumber(plan),
    ...reservedPrefix(plan),
    ...sharedNames(plan),
  ];
}

function publications(plan: Plan, workload: Workload): Issue[] {
  const { publishes = [] } = workload;
  const path = pathOf(plan, workload);
  return publishes.flatMap((topic, index): Issue[] => {
    const own = [...path, "publishes", index];
    const variable = topicVariable(topic);
    const secret = workload.secrets.find((name) => secretVariable(name) === variable);
    return [
      ...unknownTopic(plan, topic, own),
      ...(publishes.indexOf(topic) === index
        ? []
        : [{ path: own, value: `"${topic}"`, allowed: "it is in this list already", fix: "remove it" }]),
      ...(secret === undefined
        ? []
        : [
            {
              path: own,
              value: `"${topic}"`,
              allowed: `its id is passed as ${variable}, and so is the secret "${secret}"`,
              fix: "rename the topic or the secret",
              uses: [[...path, "secrets"]],
            },
          ]),
    ];
  });
}

function subscriptionsOf(plan: Plan, service: Service): Issue[] {
  const path = pathOf(plan, service);
  const all = service.subscriptions ?? [];
  return [
    ...all.flatMap(({ topic }, index): Issue[] => {
      const own = [...path, "subscriptions", index, "topic"];
      const first = all.findIndex((other) => other.topic === topic);
      return [
        ...unknownTopic(plan, topic, own),
        ...(first === index
          ? []
          : [
              {
                path: own,
                value: `"${topic}"`,
                allowed: `subscriptions[${first}] is to this topic already, and each message would come twice`,
                fix: "remove one of them",
                uses: [[...path, "subscriptions", first, "topic"]],
              },
            ]),
      ];
    }),
    ...longRequests(service, path),
  ];
}

/** Pub/Sub sends a message again at its deadline, also while the first request still runs. */
function longRequests({ name, requestTimeout, subscriptions = [] }: Service, path: Path): Issue[] {
  const [first] = subscriptions;
  const longest = deliveryLimits.ackDeadlineHigh.value;
  if (first === undefined || requestTimeout <= longest) return [];
  return [
    {
      path: [...path, "requestTimeout"],
      value: `${requestTimeout} s`,
      allowed: `${name} subscribes to ${first.topic}, and Pub/Sub waits at most ${longest} s for an answer: then the message is sent again while it is still worked on`,
      fix: `write at most seconds(${longest}), or let a service of its own take the messages`,
      uses: [[...path, "subscriptions"]],
    },
  ];
}

function unknownTopic({ topics = [] }: Plan, topic: string, path: Path): Issue[] {
  return undeclared({ noun: "topic", section: "topics", names: topics.map(({ name }) => name) }, topic, path);
}

function missingNumber(plan: Plan): Issue[] {
  const subscriber = plan.services.find(({ subscriptions = [] }) => subscriptions.length > 0);
  if (subscriber === undefined || projectNumberOf(plan) !== undefined) return [];
  return [
    {
      path: ["projectNumber"],
      value: "missing",
      allowed: `${subscriber.name} has subscriptions, and the account with which Pub/Sub forwards dead letters holds the number of the project`,
      fix: `add it: gcloud projects describe ${plan.project} --format="value(projectNumber)"`,
    },
  ];
}

/** https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
function reservedPrefix({ prefix, topics = [] }: Plan): Issue[] {
  if (topics.length === 0 || !prefix.startsWith("goog")) return [];
  return [
    {
      path: ["prefix"],
      value: `"${prefix}"`,
      allowed: 'the names of topics begin with it, and Pub/Sub keeps those with "goog" for itself',
      fix: 'write for example prefix: "quality"',
      uses: [["topics"]],
    },
  ];
}

/** Names are made of parts with hyphens, so that those of two topics, or of two subscriptions, may be one. */
function sharedNames({ names, topics = [], services }: Plan): Issue[] {
  const deadLetters = topics.map(
    ({ name }, index): Named => ({
      name: names.deadLetters(name),
      what: `the dead letters of ${name}`,
      written: name,
      path: ["topics", index, "name"],
    }),
  );
  const ofTopics = topics.map(
    ({ name }, index): Named => ({
      name: names.topic(name),
      what: `the topic ${name}`,
      written: name,
      path: ["topics", index, "name"],
    }),
  );
  const ofSubscriptions = services.flatMap(({ name, subscriptions = [] }, index) =>
    subscriptions.map(
      ({ topic }, position): Named => ({
        name: names.subscription(topic, name),
        what: `the subscription of ${name} to ${topic}`,
        written: topic,
        path: ["services", index, "subscriptions", position, "topic"],
      }),
    ),
  );
  return [...sharedWith(deadLetters, ofTopics), ...sharedWith(deadLetters, ofSubscriptions)];
}

function sharedWith(deadLetters: readonly Named[], others: readonly Named[]): Issue[] {
  const all = [...deadLetters, ...others];
  return others.flatMap(({ name, what, written, path }): Issue[] => {
    const owner = all.find((other) => other.name === name);
    if (owner === undefined || owner.what === what) return [];
    return [
      {
        path,
        value: `"${written}"`,
        allowed: `${what} would have the name ${name}, which is that of ${owner.what}`,
        fix: "rename one of them",
        uses: [owner.path],
      },
    ];
  });
}

interface Named {
  readonly name: string;
  /** "the topic orders" */
  readonly what: string;
  /** The value at `path`, where it is written. */
  readonly written: string;
  readonly path: Path;
}
