import { workloads } from "../../analysis/workload/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** An instance is out of traffic before it is restarted. */
export const readinessWindow: Rule = {
  id: "time/readiness-window",
  why: "An instance that cannot serve is to be spared requests first, and restarted only if that does not help; with a slower readiness probe it is restarted in the middle of its requests.",
  limit: "failure_threshold x period_seconds of the readiness probe < that of the liveness probe",
  fix: "Lower period_seconds or failure_threshold of the readiness probe, or raise those of the liveness probe.",
  source: cloudRunLimits.probeField.source,
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, containers } of workloads(graph))
      for (const { probes } of containers) {
        const [readiness, liveness] = (["readiness", "liveness"] as const).map((kind) =>
          probes.find((probe) => probe.kind === kind),
        );
        if (readiness?.window === undefined || liveness?.window === undefined) continue;
        if (readiness.window < liveness.window) continue;
        yield {
          resource,
          severity: "warning",
          message: `the readiness probe takes ${readiness.threshold} x ${readiness.period} s = ${readiness.window} s, and the liveness probe restarts the container after ${liveness.threshold} x ${liveness.period} s = ${liveness.window} s; fails at run time: an instance is restarted before it is taken out of traffic.`,
        };
      }
  },
};
