import { deadline, environments, initializationAttempts } from "../../analysis/deadlines.ts";
import type { Graph } from "../../graph/index.ts";
import type { Reading } from "./reading.ts";

/** The time that a container's database initialization may take, within its start-up window. */
export function startupBudgets(graph: Graph): Reading[] {
  return environments(graph).flatMap(({ workload, container, variables }): Reading[] => {
    const initialization = deadline(variables, "initialization");
    const startup = container.probes.find(({ kind }) => kind === "startup");
    if (initialization === undefined || startup === undefined) return [];
    const name = workload.resource.string("name") ?? workload.resource.address;
    const attempts = initializationAttempts(variables);
    const { delay, window, threshold, period } = startup;
    const isKnown = window !== undefined && delay !== undefined;
    return [
      {
        key: `4 startup ${name} ${workload.containers.indexOf(container)}`,
        name: `Start-up window of ${workload.kind} ${name}`,
        unit: "s",
        level: isKnown ? { used: initialization.seconds * attempts, limit: delay + window } : undefined,
        how: isKnown
          ? `${initialization.variable} ${initialization.seconds} s x ${attempts}; window ${delay} s + ${threshold} x ${period} s`
          : "unknown: the start-up probe is not known",
      },
    ];
  });
}
