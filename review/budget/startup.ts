import type { Graph } from "../../graph/index.ts";
import { deadline, environments, initializationAttempts } from "../../rules/time/deadlines.ts";
import { workloads } from "../../rules/workload/index.ts";
import type { Reading } from "./reading.ts";

/** The time that a container's database initialization may take, within its start-up window. */
export function startupBudgets(graph: Graph): Reading[] {
  return workloads(graph).flatMap((workload) =>
    environments(workload).flatMap(({ container, variables }, index): Reading[] => {
      const initialization = deadline(variables, "initialization");
      const startup = container.probes.find(({ kind }) => kind === "startup");
      if (initialization === undefined || startup === undefined) return [];
      const name = workload.resource.string("name") ?? workload.resource.address;
      const attempts = initializationAttempts(variables);
      const length = startup.window;
      const isKnown = length !== undefined && startup.delay !== undefined;
      return [
        {
          key: `4 startup ${name} ${index}`,
          name: `Start-up window of service ${name}`,
          unit: "s",
          level: isKnown
            ? { used: initialization.seconds * attempts, limit: (startup.delay ?? 0) + (length ?? 0) }
            : undefined,
          how: isKnown
            ? `${initialization.variable} ${initialization.seconds} s x ${attempts}; window ${startup.delay} s + ${startup.threshold} x ${startup.period} s`
            : "cannot tell: the start-up probe is not known",
        },
      ];
    }),
  );
}
