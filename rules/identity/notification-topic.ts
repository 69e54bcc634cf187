import { agentMayHold, PUBLISHING_ROLES } from "../../analysis/identity/grants.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

/** What publishes with the rights of Google's own account, and where it names the topic. */
const PUBLISHERS = [
  {
    types: ["google_storage_notification"],
    path: undefined,
    agent: "gs-project-accounts",
    product: "Cloud Storage",
    email: "${data.google_storage_project_service_account.this.email_address}",
  },
  {
    types: ["google_secret_manager_secret", "google_secret_manager_regional_secret"],
    path: "topics",
    agent: "gcp-sa-secretmanager",
    product: "Secret Manager",
    email: "service-${data.google_project.this.number}@gcp-sa-secretmanager.iam.gserviceaccount.com",
  },
] as const;

/** Buckets and secrets tell a topic what changes, with the rights of Google's own accounts. */
export const notificationTopic: Rule = {
  id: "identity/notification-topic",
  why: "Cloud Storage and Secret Manager publish as their service agents, and reject a topic to which the agent may not publish.",
  limit: `the service agent of Cloud Storage holds ${PUBLISHING_ROLES[0]} on the topic of google_storage_notification, that of Secret Manager on the topics of a secret`,
  fix: "Grant the role on the topic to data.google_storage_project_service_account, and let the notification depend on the grant.",
  source: "https://docs.cloud.google.com/storage/docs/reporting-changes",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete) return;
    for (const { types, path, agent, product, email } of PUBLISHERS) {
      if (agentMayHold(graph, agent, PUBLISHING_ROLES, ["pubsub_topic"])) continue;
      for (const publisher of graph.all(...types))
        for (const block of path === undefined ? [publisher] : publisher.blocks(path)) {
          const name = path === undefined ? "topic" : "name";
          const topic = follow(graph, block.get(name), ["google_pubsub_topic"], publisher);
          if (topic === undefined) continue;
          yield {
            resource: publisher,
            severity: "warning",
            message: `${path === undefined ? name : `${path}.${name}`} is ${topic.address}, and the service agent of ${product} has no ${PUBLISHING_ROLES[0]} on it; rejected by the API: the agent may not publish.`,
            fix: `Grant ${PUBLISHING_ROLES[0]} on ${topic.address} to "serviceAccount:${email}".`,
          };
        }
    }
  },
};
