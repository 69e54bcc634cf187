import { deliveryLimits } from "../../resources/limits.ts";
import { count, duration } from "./leaf.ts";
import { name, urlPath } from "./names.ts";
import { section } from "./section.ts";

/** A Pub/Sub topic. What cannot be delivered from it goes to a dead-letter topic of its own, once a service subscribes. */
export const topic = section({
  /** Name after the environment's prefix; unique in the environment. */
  name: name("orders"),
  /**
   * How long the topic keeps every message, delivered or not, so that a subscription can go back in time: 10 minutes to
   * 31 days. @default only what is not delivered is kept, for 7 days
   */
  retention: duration({
    from: deliveryLimits.messageRetentionLow.value,
    to: deliveryLimits.messageRetentionHigh.value,
    because: "Pub/Sub keeps messages for 10 minutes to 31 days",
    example: "days(7)",
  }).optional(),
});

/** Messages of a topic that Pub/Sub sends to a service, each as a POST request with an ID token of the service's own account. */
export const subscription = section({
  /** Name of a topic of this environment. */
  topic: name("orders"),
  /** HTTP path that takes the messages; an answer of 102, 200, 201, 202 or 204 acknowledges one. @default "/" */
  path: urlPath("/orders").default("/"),
  /**
   * How long one message may take, 10 to 600 s; without an answer it is sent again.
   *
   * @default the service's requestTimeout, at least 10 s
   */
  deadline: duration({
    from: deliveryLimits.ackDeadlineLow.value,
    to: deliveryLimits.ackDeadlineHigh.value,
    because: "Pub/Sub acknowledgement deadline",
  }).optional(),
  /**
   * Deliveries of one message, 5 to 100, before it goes to the dead letters. The pauses between them grow from 10 s to
   * 10 minutes. @default 10
   */
  attempts: count({
    from: deliveryLimits.deliveryAttemptsLow.value,
    to: deliveryLimits.deliveryAttemptsHigh.value,
    because: "Pub/Sub delivery attempts",
    unit: "attempts",
  }).default(10),
});
