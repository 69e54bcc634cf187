import { deadline, environments, initializationAttempts, severityOf } from "../../analysis/deadlines.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** The container is not killed while it may still be waiting for its database. */
export const startupWindow: Rule = {
  id: "time/startup-window",
  why: "A container whose database initialization may outlast its start-up probe is killed while it waits, and starts over for ever.",
  limit: "initialization deadline x attempts < initial delay + failure_threshold x period_seconds",
  fix: "Raise failure_threshold until the start-up window is longer than the initialization, or shorten the initialization.",
  source: cloudRunLimits.startupWindow.source,
  *check(graph) {
    for (const { workload, container, variables } of environments(graph)) {
      const initialization = deadline(variables, "initialization");
      if (initialization === undefined) continue;
      const attempts = initializationAttempts(variables);
      const needed = initialization.seconds * attempts;
      const written =
        attempts === 1
          ? `${initialization.variable} is ${needed} s`
          : `${initialization.variable} is ${initialization.seconds} s, ${attempts} attempts make ${needed} s`;
      const startup = container.probes.find(({ kind }) => kind === "startup");
      if (startup === undefined) {
        const byDefault = cloudRunLimits.defaultStartupWindow.value;
        if (needed >= byDefault && container.takesRequests && workload.kind === "service")
          yield {
            resource: workload.resource,
            severity: "warning",
            message: `${written} without a startup_probe; fails at run time: the container is killed if it does not listen within ${byDefault} s.`,
            fix: "Write a startup_probe whose window is longer than the initialization.",
          };
        continue;
      }
      const length = startup.window;
      if (length === undefined || startup.delay === undefined) {
        yield {
          resource: workload.resource,
          severity: "unknown",
          message: `${written}; unknown until apply: whether the start-up window is longer.`,
        };
        continue;
      }
      const available = startup.delay + length;
      if (needed < available) continue;
      const sum = startup.delay === 0 ? "" : `${startup.delay} s + `;
      yield {
        resource: workload.resource,
        severity: severityOf(initialization),
        message: `${written}, and the start-up window ends after ${sum}${startup.threshold} x ${startup.period} s = ${available} s; fails at run time: the container is killed while it waits for the database.`,
      };
    }
  },
};
