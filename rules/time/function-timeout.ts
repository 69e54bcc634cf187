import { cloudRunLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";

/** Functions end when their platform says so. */
export const functionTimeout: Rule = {
  id: "time/function-timeout",
  why: "A function that is asked by an event ends after nine minutes, one that is asked by HTTP after an hour at most.",
  limit: `second generation: ${cloudRunLimits.requestTimeout.value} s by HTTP, ${cloudRunLimits.functionTimeout.value} s by event; first generation: ${cloudRunLimits.functionTimeout.value} s`,
  fix: "Shorten the timeout; longer work belongs in a Cloud Run job.",
  source: cloudRunLimits.functionTimeout.source,
  example: `resource "google_cloudfunctions2_function" "import" {
  service_config { timeout_seconds = 3600 }
  event_trigger { event_type = "google.cloud.pubsub.topic.v1.messagePublished" }
}`,
  *check(graph) {
    const byEvent = cloudRunLimits.functionTimeout.value;
    for (const resource of graph.all("google_cloudfunctions2_function", "google_cloudfunctions_function")) {
      const second = resource.type === "google_cloudfunctions2_function";
      const name = second ? "service_config.timeout_seconds" : "timeout";
      const seconds = resource.number(name);
      const byHttp = second && resource.blocks("event_trigger").length === 0;
      const longest = byHttp ? cloudRunLimits.requestTimeout.value : byEvent;
      if (seconds === undefined || seconds <= longest) continue;
      yield {
        resource,
        severity: "error",
        message: `${name} is ${seconds} s, above the ${longest} s of a function asked by ${byHttp ? "HTTP" : second ? "an event" : "anyone"}: refused at apply.`,
      };
    }
  },
};
