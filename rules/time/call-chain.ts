import { isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { services, serviceTypes, workloadOf } from "../workload/index.ts";
import { environments, requestTimeout } from "./deadlines.ts";

/** A service that calls another waits at least as long as the other may take. */
export const callChain: Rule = {
  id: "time/call-chain",
  why: "A caller that is cut before the service it calls leaves that service working for nobody.",
  limit: "request timeout of the caller >= request timeout of the service it calls",
  fix: "Lengthen the caller's request timeout or shorten that of the service it calls.",
  source: cloudRunLimits.requestTimeout.source,
  example: `# front: timeout = "60s",  env API_URL = google_cloud_run_v2_service.api.uri
# api:   timeout = "300s"`,
  *check(graph) {
    for (const caller of services(graph)) {
      const patience = requestTimeout(caller);
      if (patience === undefined) continue;
      for (const { variables } of environments(caller)) {
        for (const [name, value] of variables) {
          if (
            !isUnknown(value) ||
            !value.references.some(({ attribute }) => /^(uri|status|urls)/.test(attribute))
          )
            continue;
          const target = graph.target(value, serviceTypes, caller.resource);
          const callee = target.kind === "resource" ? workloadOf(target.resource) : undefined;
          const work = callee === undefined ? undefined : requestTimeout(callee);
          if (callee === undefined || callee.resource === caller.resource || work === undefined) continue;
          if (work.seconds <= patience.seconds) continue;
          yield {
            resource: caller.resource,
            severity: "warning",
            message: `the request timeout is ${patience.written}, but ${callee.resource.address}, which ${name} calls, may take ${work.written}: the caller answers 504 while the other still works.`,
          };
        }
      }
    }
  },
};
