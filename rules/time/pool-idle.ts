import { deadline, environments } from "../../analysis/deadlines.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** Pooled connections are given up before the network forgets them. */
export const poolIdle: Rule = {
  id: "time/pool-idle",
  why: "Cloud Run drops an outbound connection after ten idle minutes without telling the client, whose next statement then hangs.",
  limit: `below ${cloudRunLimits.outboundIdle.value} s`,
  fix: `Let the pool close idle connections before ${cloudRunLimits.outboundIdle.value} s.`,
  source: cloudRunLimits.outboundIdle.source,
  exampleSeverity: "warning",
  *check(graph) {
    const dropped = cloudRunLimits.outboundIdle.value;
    for (const { workload, variables } of environments(graph)) {
      const idle = deadline(variables, "poolIdle");
      if (idle === undefined || idle.seconds < dropped) continue;
      yield {
        resource: workload.resource,
        severity: "warning",
        message: `${idle.variable} is ${idle.seconds} s; fails at run time: outbound connections are dropped after ${dropped} idle seconds, and the pool returns closed ones.`,
      };
    }
  },
};
