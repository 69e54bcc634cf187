import { environments, requestTimeout } from "../../analysis/deadlines.ts";
import { workloadOf } from "../../analysis/workload/index.ts";
import { isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** A service that calls another waits at least as long as the other may take. */
export const callChain: Rule = {
  id: "time/call-chain",
  why: "A caller that is cut before the service it calls leaves that service working without a caller.",
  limit: "request timeout of the caller >= request timeout of the service it calls",
  fix: "Lengthen the caller's request timeout or shorten that of the service it calls.",
  source: cloudRunLimits.requestTimeout.source,
  exampleSeverity: "warning",
  *check(graph) {
    for (const { workload: caller, variables } of environments(graph)) {
      const waits = requestTimeout(caller);
      // The default of a function is shorter than that of a service, and seldom meant.
      if (waits === undefined || (caller.kind === "function" && caller.timeout?.byDefault)) continue;
      for (const [name, value] of variables) {
        const called = isUnknown(value)
          ? value.references.find(({ attribute }) => ADDRESS.test(attribute))
          : undefined;
        const resource = called && graph.at(called.address, caller.resource);
        const callee = resource && workloadOf(resource);
        const takes = callee && requestTimeout(callee);
        if (resource === caller.resource || takes === undefined || takes.seconds <= waits.seconds) continue;
        yield {
          resource: caller.resource,
          severity: "warning",
          message: `the request timeout is ${waits.written}, and ${resource?.address}, which ${name} calls, may take ${takes.written}; fails at run time: the client gets 504 while the callee still works.`,
        };
      }
    }
  },
};

/** Attributes that hold the address of a service or function. */
const ADDRESS = /^(uri|urls?\b|service_config\b.*uri|https_trigger_url|status)/;
