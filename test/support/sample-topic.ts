import type { Draft } from "./environments.ts";

/** Adds the topic "orders" to an environment, with the services at these positions as subscribers. */
export function addTopic(draft: Draft, ...subscribers: readonly number[]): void {
  draft.projectNumber = "123456789012";
  draft.topics = [{ name: "orders" }];
  for (const index of subscribers) draft.services[index].subscriptions = [{ topic: "orders" }];
}
