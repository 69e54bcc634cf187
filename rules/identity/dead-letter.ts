import { agentMayHold } from "../../analysis/identity/grants.ts";
import type { Graph, Resource, Value } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** Pub/Sub forwards dead letters as an account of its own. */
const AGENT = "gcp-sa-pubsub";

const NEEDS = [
  {
    on: "dead letter topic",
    roles: ["roles/pubsub.publisher", "roles/pubsub.editor", "roles/pubsub.admin"],
    scope: ["pubsub_topic"],
    consequence: "dead letters are not forwarded and are delivered again and again",
  },
  {
    on: "subscription",
    roles: ["roles/pubsub.subscriber", "roles/pubsub.editor", "roles/pubsub.admin"],
    scope: ["pubsub_subscription"],
    consequence: "forwarded messages are not acknowledged and come again",
  },
] as const;

/** Dead letters are forwarded with the rights of Pub/Sub's own account. */
export const deadLetter: Rule = {
  id: "identity/dead-letter",
  why: "Pub/Sub forwards dead letters as its service agent, which has no right to do so by itself.",
  limit:
    "service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com holds roles/pubsub.publisher on the dead letter topic and roles/pubsub.subscriber on the subscription",
  fix: "Grant both roles to the service agent of Pub/Sub.",
  source: "https://docs.cloud.google.com/pubsub/docs/handling-failures",
  exampleSeverity: "warning",
  *check(graph) {
    for (const subscription of graph.all("google_pubsub_subscription")) {
      const topic = subscription.get("dead_letter_policy.dead_letter_topic");
      if (topic !== undefined && graph.complete) yield* evaluate(graph, subscription, topic);
      yield* intoItself(graph, subscription, topic);
    }
  },
};

function* evaluate(graph: Graph, subscription: Resource, topic: Value): Iterable<Violation> {
  // The grant on a topic that is defined elsewhere is there, too.
  const isElsewhere = graph.target(topic, ["google_pubsub_topic"], subscription).kind !== "resource";
  const needs = NEEDS.filter(({ on }) => on === "subscription" || !isElsewhere);
  const missing = needs.filter((need) => !agentMayHold(graph, AGENT, need.roles, need.scope));
  // Where the input gives the agent one of the two, the other was forgotten; else both may be given elsewhere.
  const severity = missing.length < needs.length ? "error" : "warning";
  for (const { on, roles, consequence } of missing)
    yield {
      resource: subscription,
      severity,
      message: `it has a dead_letter_policy, and the service agent of Pub/Sub has no ${roles[0]} on the ${on}; fails at run time: ${consequence}.`,
      fix: `Grant ${roles[0]} on the ${on} to "serviceAccount:service-\${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com".`,
    };
}

function* intoItself(
  graph: Graph,
  subscription: Resource,
  deadLetters: Value | undefined,
): Iterable<Violation> {
  const [from, to] = [subscription.get("topic"), deadLetters].map((value) =>
    graph.target(value, ["google_pubsub_topic"], subscription),
  );
  if (from?.kind !== "resource" || to?.kind !== "resource" || from.resource !== to.resource) return;
  yield {
    resource: subscription,
    severity: "warning",
    message: `dead_letter_topic is ${to.resource.address}, its own topic; fails at run time: a message that cannot be handled comes back for ever.`,
    fix: "Name a topic of its own for dead letters.",
  };
}
