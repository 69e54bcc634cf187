import type { Issue } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import { pathOf, workloads } from "../schema/environment.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<PlatformPlan, "network" | "services" | "jobs" | "workerPools">;

const own = ["network", "furtherConnectors"] as const;

/** Further connectors next to an own one, in a network that is created here, and services that name one of them. */
export function furtherConnectors(plan: Plan): Issue[] {
  const { connector, unmanaged, furtherConnectors: all = [] } = plan.network;
  const declared = {
    noun: "connector",
    section: own.join("."),
    names: all.map(({ name }) => name),
  };
  return [
    ...(all.length > 0 && connector === undefined
      ? [
          {
            path: own,
            value: "set",
            allowed: "they are in addition to network.connector, which is missing",
            fix: "write the first of them as network.connector with its range in network.addresses.connector",
            uses: [["network", "connector"]],
          },
        ]
      : []),
    ...(all.length > 0 && unmanaged !== undefined
      ? [
          {
            path: own,
            value: "set",
            allowed:
              "network.unmanaged says that others manage the network, in which no connector is created",
            fix: "remove them, and use its one connector (network.unmanaged.connector)",
            uses: [["network", "unmanaged"]],
          },
        ]
      : []),
    ...all.flatMap(({ minInstances, maxInstances }, index): Issue[] =>
      minInstances < maxInstances
        ? []
        : [
            {
              path: [...own, index, "minInstances"],
              value: String(minInstances),
              allowed: `it must be below maxInstances, ${maxInstances}`,
              fix: "lower minInstances or raise maxInstances",
              uses: [[...own, index, "maxInstances"]],
            },
          ],
    ),
    ...workloads(plan).flatMap((workload): Issue[] => {
      if (workload.connector === undefined) return [];
      const path = [...pathOf(plan, workload), "connector"];
      if (workload.path !== "connector")
        return [
          {
            path,
            value: `"${workload.connector}"`,
            allowed: `its path is "${workload.path}", which goes through no connector`,
            fix: 'write path: "connector", or remove it',
            uses: [[...pathOf(plan, workload), "path"]],
          },
        ];
      return undeclared(declared, workload.connector, path).map((issue) => ({ ...issue, uses: [own] }));
    }),
  ];
}
