import { follow } from "../follow.ts";
import type { Rule } from "../rule.ts";
import { agentMayHold } from "./grants.ts";

const AGENT = "gs-project-accounts";
const ROLES = [
  "roles/pubsub.publisher",
  "roles/pubsub.editor",
  "roles/pubsub.admin",
  "roles/editor",
  "roles/owner",
];

/** A bucket tells a topic what changes, with the rights of Cloud Storage's own account. */
export const notificationTopic: Rule = {
  id: "identity/notification-topic",
  why: "Cloud Storage publishes notifications as its service agent, and rejects a notification for a topic to which the agent may not publish.",
  limit: `the service agent of Cloud Storage holds ${ROLES[0]} on the topic of google_storage_notification`,
  fix: "Grant the role on the topic to data.google_storage_project_service_account, and let the notification depend on the grant.",
  source: "https://docs.cloud.google.com/storage/docs/reporting-changes",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete || agentMayHold(graph, AGENT, ROLES, ["pubsub_topic"])) return;
    for (const notification of graph.all("google_storage_notification")) {
      const topic = follow(graph, notification.get("topic"), ["google_pubsub_topic"], notification);
      if (topic === undefined) continue;
      yield {
        resource: notification,
        severity: "warning",
        message: `topic is ${topic.address}, and the service agent of Cloud Storage has no ${ROLES[0]} on it; rejected by the API: the agent may not publish.`,
        fix: `Grant ${ROLES[0]} on ${topic.address} to "serviceAccount:\${data.google_storage_project_service_account.this.email_address}".`,
      };
    }
  },
};
