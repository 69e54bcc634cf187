import { deliveryLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";
import { durationSeconds } from "../workload/index.ts";

/** How long Cloud Scheduler and Pub/Sub wait for an answer is within what they take. */
export const deliveryDeadline: Rule = {
  id: "time/delivery-deadline",
  why: "Cloud Scheduler and Pub/Sub refuse a deadline outside their own bounds, which differ from those of Cloud Run.",
  limit: `attempt_deadline of an HTTP job ${deliveryLimits.attemptDeadlineLow.value} to ${deliveryLimits.attemptDeadlineHigh.value} s; ack_deadline_seconds ${deliveryLimits.ackDeadlineLow.value} to ${deliveryLimits.ackDeadlineHigh.value} s`,
  fix: "Bring the deadline within its bounds; for longer work answer at once and go on in a job.",
  source: deliveryLimits.attemptDeadlineHigh.source,
  *check(graph) {
    const { attemptDeadlineLow, attemptDeadlineHigh, ackDeadlineLow, ackDeadlineHigh } = deliveryLimits;
    for (const resource of graph.all("google_cloud_scheduler_job")) {
      const written = resource.get("attempt_deadline");
      const seconds = durationSeconds(written);
      if (typeof written === "string" && written !== "" && !/^\d+(\.\d+)?s$/.test(written))
        yield {
          resource,
          message: `attempt_deadline is "${written}"; rejected by the API: a duration is seconds followed by "s".`,
          fix: 'Write it in seconds, for example "600s".',
        };
      if (seconds === undefined || resource.blocks("http_target").length === 0) continue;
      if (seconds >= attemptDeadlineLow.value && seconds <= attemptDeadlineHigh.value) continue;
      yield {
        resource,
        message: `attempt_deadline is ${seconds} s; rejected by the API: for an HTTP target it must be ${attemptDeadlineLow.value} to ${attemptDeadlineHigh.value} s.`,
      };
    }
    for (const resource of graph.all("google_pubsub_subscription")) {
      const seconds = resource.number("ack_deadline_seconds");
      if (seconds === undefined || seconds === 0) continue;
      if (seconds >= ackDeadlineLow.value && seconds <= ackDeadlineHigh.value) continue;
      yield {
        resource,
        message: `ack_deadline_seconds is ${seconds} s; rejected by the API: it must be ${ackDeadlineLow.value} to ${ackDeadlineHigh.value} s.`,
        fix: `Set it between ${ackDeadlineLow.value} and ${ackDeadlineHigh.value}.`,
      };
    }
  },
};
