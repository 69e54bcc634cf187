import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "messages that are not delivered yet are lost",
  holdsData: true,
};

/** Topics and subscriptions. */
export const pubsub: readonly ResourceType[] = [
  { type: "google_pubsub_topic", label: "messaging", deleteImpact },
  { type: "google_pubsub_subscription", label: "messaging", deleteImpact },
];
