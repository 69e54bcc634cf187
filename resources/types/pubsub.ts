import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "messages that are not delivered yet are lost",
  holdsData: true,
};

/** Topics and subscriptions. */
export const pubsub: readonly ResourceType[] = [
  { type: "google_pubsub_topic", label: "messaging", requiredRole: "roles/pubsub.editor", deleteImpact },
  {
    type: "google_pubsub_subscription",
    label: "messaging",
    requiredRole: "roles/pubsub.editor",
    references: {
      topic: ["google_pubsub_topic"],
      "dead_letter_policy.dead_letter_topic": ["google_pubsub_topic"],
      "push_config.oidc_token.service_account_email": ["google_service_account"],
    },
    deleteImpact,
  },
];
