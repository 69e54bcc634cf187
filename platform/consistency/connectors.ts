import { suggestion } from "../../values/nearest.ts";
import type { Issue, Path } from "../issue.ts";
import type { PlatformPlan } from "../plan.ts";
import { inFurther, networkSetting, pathOfNetwork } from "../regions/regions.ts";
import { type Environment, pathOf, workloads } from "../schema/environment.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<
  PlatformPlan,
  "network" | "services" | "jobs" | "workerPools" | "region" | "main" | "furtherRegions"
>;

/** Further connectors next to an own one, in each region, and services that name one of them. */
export function furtherConnectors(plan: Plan): Issue[] {
  return [...[plan, ...plan.furtherRegions].flatMap(ofPlace), ...users(plan)];
}

function ofPlace(plan: Pick<Environment, "network" | "region" | "main" | "services">): Issue[] {
  const { connector, unmanaged, furtherConnectors: all = [] } = plan.network;
  const own = [...pathOfNetwork(plan), "furtherConnectors"];
  const network = networkSetting(plan);
  return [
    ...(all.length > 0 && connector === undefined
      ? [
          {
            path: own,
            value: "set",
            allowed: `they are in addition to ${network}.connector, which is missing`,
            fix: `write the first of them as ${network}.connector with its range in ${network}.addresses.connector`,
            uses: [[...pathOfNetwork(plan), "connector"]],
          },
        ]
      : []),
    ...unused(plan, own),
    ...all.flatMap(({ name, range, subnet }, index): Issue[] => {
      const path = [...own, index, "subnet"];
      if (unmanaged !== undefined && subnet === undefined)
        return [
          {
            path,
            value: "missing",
            allowed: `network.unmanaged says that others manage the network, and a connector enters it${inFurther(plan)} only by a subnet that its owner makes`,
            fix: `name the subnet that has ${range}, for example subnet: "connector-${name}", or remove the connector`,
            uses: [["network", "unmanaged"]],
          },
        ];
      if (unmanaged === undefined && subnet !== undefined)
        return [
          {
            path,
            value: `"${subnet}"`,
            allowed: "the network is created here, and the range becomes the connector's own",
            fix: "remove it, or name the network of others in network.unmanaged",
            uses: [["network", "unmanaged"]],
          },
        ];
      return [];
    }),
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
  ];
}

/** Services of a further region go through its connector of the name that they state, so that another name is nobody's. */
function unused(
  { main, region, network, services }: Pick<Environment, "network" | "region" | "main" | "services">,
  own: Path,
): Issue[] {
  if (main === undefined) return [];
  const named = services.flatMap(({ connector }) => connector ?? []);
  const wanted = main.services.flatMap((service) =>
    (service.regions ?? []).some((one) => one.region === region) ? (service.connector ?? []) : [],
  );
  return (network.furtherConnectors ?? []).flatMap(({ name }, index) =>
    named.includes(name)
      ? []
      : [
          {
            path: [...own, index, "name"],
            value: `"${name}"`,
            allowed: `no service that runs in ${region} names this connector, and it would be there for nothing`,
            fix: suggestion(name, wanted),
            uses: [["services"]],
          },
        ],
  );
}

function users(plan: Plan): Issue[] {
  const own = ["network", "furtherConnectors"];
  const declared = {
    noun: "connector",
    section: own.join("."),
    names: (plan.network.furtherConnectors ?? []).map(({ name }) => name),
  };
  return workloads(plan).flatMap((workload): Issue[] => {
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
  });
}
