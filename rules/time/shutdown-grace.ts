import { deadline, environments, severityOf } from "../../analysis/deadlines.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** What the application does at shutdown ends before Cloud Run kills it. */
export const shutdownGrace: Rule = {
  id: "time/shutdown-grace",
  why: "Cloud Run sends SIGKILL ten seconds after SIGTERM: connections that are drained later than that are cut.",
  limit: `below ${cloudRunLimits.shutdownGrace.value} s`,
  fix: `Let the application finish in less than ${cloudRunLimits.shutdownGrace.value} s.`,
  source: cloudRunLimits.shutdownGrace.source,
  *check(graph) {
    const killed = cloudRunLimits.shutdownGrace.value;
    for (const { workload, variables } of environments(graph)) {
      // A job ends by itself, and a first-generation function does not run on Cloud Run.
      if (workload.kind === "job" || (workload.kind === "function" && workload.generation === 1)) continue;
      const grace = deadline(variables, "shutdown");
      if (grace === undefined || grace.seconds < killed) continue;
      yield {
        resource: workload.resource,
        severity: severityOf(grace),
        message: `${grace.variable} is ${grace.seconds} s; fails at run time: Cloud Run kills the instance ${killed} s after SIGTERM, and what is still open is cut.`,
      };
    }
  },
};
