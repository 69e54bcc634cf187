import { workloads } from "../../analysis/workload/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** Functions end when their platform says so. */
export const functionTimeout: Rule = {
  id: "time/function-timeout",
  why: "An event-triggered function ends after nine minutes, an HTTP-triggered one after an hour at most.",
  limit: `second generation: ${cloudRunLimits.requestTimeout.value} s with an HTTP trigger, ${cloudRunLimits.functionTimeout.value} s with an event trigger; first generation: ${cloudRunLimits.functionTimeout.value} s`,
  fix: "Set a shorter timeout, for example 540; longer work belongs in a Cloud Run job.",
  source: cloudRunLimits.functionTimeout.source,
  *check(graph) {
    for (const { resource, kind, generation, timeout } of workloads(graph)) {
      if (kind !== "function" || timeout?.seconds === undefined) continue;
      const byHttp = generation === 2 && timeout.ends === "request";
      const longest = (byHttp ? cloudRunLimits.requestTimeout : cloudRunLimits.functionTimeout).value;
      if (timeout.seconds <= longest) continue;
      const limited =
        generation === 1
          ? "a first-generation function"
          : `an ${byHttp ? "HTTP" : "event"}-triggered function`;
      yield {
        resource,
        message: `${timeout.attribute} is ${timeout.seconds} s; rejected by the API: ${limited} runs for ${longest} s at most.`,
      };
    }
  },
};
