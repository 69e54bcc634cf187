import { calls } from "../../analysis/identity/calls.ts";
import { durationSeconds, workloadOf } from "../../analysis/workload/index.ts";
import type { Graph } from "../../graph/index.ts";
import { deliveryLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

/** How long Cloud Scheduler and Pub/Sub wait for an answer is within what they take. */
export const deliveryDeadline: Rule = {
  id: "time/delivery-deadline",
  why: "Cloud Scheduler and Pub/Sub refuse a deadline outside their own bounds, which differ from those of Cloud Run.",
  limit: `attempt_deadline of an HTTP job ${deliveryLimits.attemptDeadlineLow.value} to ${deliveryLimits.attemptDeadlineHigh.value} s; ack_deadline_seconds the request timeout of the service that takes the messages, within ${deliveryLimits.ackDeadlineLow.value} to ${deliveryLimits.ackDeadlineHigh.value} s`,
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
    yield* redelivered(graph);
  },
};

/** Pub/Sub sends a message again where no answer comes within its deadline, although the first request still runs. */
function* redelivered(graph: Graph): Iterable<Violation> {
  const { ackDeadlineLow, ackDeadlineHigh } = deliveryLimits;
  for (const { caller, service, place } of calls(graph)) {
    if (caller.type !== "google_pubsub_subscription" || place !== "push_config") continue;
    const timeout = workloadOf(service)?.timeout;
    if (timeout?.seconds === undefined || timeout.byDefault) continue;
    const written = caller.get("ack_deadline_seconds");
    const unset = written === undefined || written === 0;
    const deadline = unset ? ackDeadlineLow.value : caller.number("ack_deadline_seconds");
    if (deadline === undefined || deadline >= timeout.seconds) continue;
    // Whatever is longer than the highest deadline cannot be waited for.
    const best = Math.min(timeout.seconds, ackDeadlineHigh.value);
    if (deadline === best) continue;
    yield {
      resource: caller,
      severity: "warning",
      message: `ack_deadline_seconds is ${unset ? `not set, which means ${deadline} s` : `${deadline} s`}, and ${service.address} may take ${timeout.seconds} s for an answer (${timeout.attribute}); fails at run time: a message that takes longer is delivered again while it is still worked on.`,
      fix: `Set ack_deadline_seconds to ${best}, or lower ${timeout.attribute}.`,
    };
  }
}
