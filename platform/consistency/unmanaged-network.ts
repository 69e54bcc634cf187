import { projectNumberOf } from "../edge/service-address.ts";
import type { Issue, Path } from "../issue.ts";
import { isConnectorOfOthers } from "../network/network-project.ts";
import { connectorGrants, subnetGrants } from "../network/network-requirements.ts";
import type { PlatformPlan } from "../plan.ts";
import { inFurther, networkSetting, pathOfNamed, pathOfNetwork, pathOfRegion } from "../regions/regions.ts";
import { workloads } from "../schema/environment.ts";

type Plan = Pick<
  PlatformPlan,
  | "project"
  | "projectNumber"
  | "delivery"
  | "region"
  | "main"
  | "network"
  | "existing"
  | "externalDependencies"
  | "services"
  | "jobs"
  | "egressMode"
>;
type WholePlan = Plan & Pick<PlatformPlan, "furtherRegions">;

/** Where a region names what it has in the network of others. */
function pathOfOwn(plan: Pick<Plan, "region" | "main">): Path {
  return [...pathOfNetwork(plan), "unmanaged"];
}

/** What an environment says of a network that others manage: names and numbers of the same things, and nothing that would be created or imported. */
export function unmanagedNetworks(plan: WholePlan): Issue[] {
  if (plan.network.unmanaged === undefined) return [];
  return [
    ...hostProject(plan),
    ...[plan, ...plan.furtherRegions].flatMap((place) => [
      ...namesWithoutNumbers(place),
      ...twoConnectors(place),
      ...connectorWithoutSize(place),
      ...addressesOfNat(place),
      ...imports(place),
    ]),
  ];
}

function hostProject(plan: Plan): Issue[] {
  const { project, network } = plan;
  const host = network.unmanaged?.hostProject;
  if (host === undefined) return [];
  const path = [...pathOfOwn(plan), "hostProject"];
  if (host === project)
    return [
      {
        path,
        value: `"${host}"`,
        allowed: "it is this environment's own project, and a project is not attached to itself",
        fix: "remove it",
        uses: [["project"]],
      },
    ];
  if (projectNumberOf(plan) !== undefined) return [];
  return [
    {
      path: ["projectNumber"],
      value: "missing",
      allowed: `the owner of "${host}" (network.unmanaged.hostProject) grants rights to the service agent of Cloud Run, whose name holds the number of this project`,
      fix: `add it: gcloud projects describe ${project} --format="value(projectNumber)"`,
      uses: [path],
    },
  ];
}

/** Of each thing both: its name for Google, and its range for the budgets. */
function namesWithoutNumbers(plan: Plan): Issue[] {
  const { unmanaged, addresses } = plan.network;
  const host = unmanaged?.hostProject;
  const setting = networkSetting(plan);
  const connector = unmanaged?.connectorSubnet === undefined ? "connector" : "connectorSubnet";
  const ofRegion = [
    ["directEgress", "directEgress", "subnet", host === undefined ? [] : subnetGrants(plan, host, "NAME")],
    [connector, "connector", "connector", host === undefined ? [] : connectorGrants(plan, host)],
  ] as const;
  const things = [
    ...ofRegion,
    // The allocated range is the network's, for all regions.
    ...(plan.main === undefined
      ? ([
          ["privateServices", "privateServices", "allocated range", []],
          ["privateServiceConnect", "privateServiceConnect", "subnet", []],
        ] as const)
      : []),
  ];
  return things.flatMap(([key, slot, noun, grants]): Issue[] => {
    const [name, range] = [unmanaged?.[key], addresses[slot]];
    const [named, numbered] = [
      [...pathOfOwn(plan), key],
      [...pathOfNetwork(plan), "addresses", slot],
    ];
    if (name === undefined && range !== undefined)
      return [
        {
          path: named,
          value: "missing",
          allowed: `${range} (${setting}.addresses.${slot}) is in a network that others manage, and the ${noun} that has it is not named`,
          fix: `name the ${noun}, ${noun === "connector" ? "or in connectorSubnet a subnet for one of our own, " : ""}or remove its range${grants.length === 0 ? "" : `; the owner of "${host}" runs: ${grants.join("; ")}`}`,
          uses: [numbered],
        },
      ];
    if (name !== undefined && range === undefined)
      return [
        {
          path: numbered,
          value: "missing",
          allowed: `${setting}.unmanaged.${key} names ${key === "connectorSubnet" ? "the subnet" : `the ${noun}`} "${name}", and address plan and budgets need its range`,
          fix: `write the range that it has, or remove ${setting}.unmanaged.${key}`,
          uses: [named],
        },
      ];
    return [];
  });
}

/** Through one of theirs, or through one of ours on a subnet of theirs. */
function twoConnectors(plan: Plan): Issue[] {
  const { connector, connectorSubnet } = plan.network.unmanaged ?? {};
  if (connector === undefined || connectorSubnet === undefined) return [];
  const path = pathOfOwn(plan);
  return [
    {
      path: [...path, "connectorSubnet"],
      value: `"${connectorSubnet}"`,
      allowed: `a connector is created on it, and ${networkSetting(plan)}.unmanaged.connector names "${connector}", which others manage: a region has one of them`,
      fix: "remove one of them; more connectors of our own are furtherConnectors, each with its subnet",
      uses: [[...path, "connector"]],
    },
  ];
}

function connectorWithoutSize(plan: Plan): Issue[] {
  const { unmanaged, connector, addresses } = plan.network;
  const key = unmanaged?.connector === undefined ? "connectorSubnet" : "connector";
  const name = unmanaged?.[key];
  // A range without a size is reported by the address plan.
  if (name === undefined || connector !== undefined || addresses.connector !== undefined) return [];
  return [
    {
      path: [...pathOfNetwork(plan), "connector"],
      value: "missing",
      allowed: `${networkSetting(plan)}.unmanaged.${key} names "${name}", and the budget of its throughput needs its size`,
      fix: "write minInstances, maxInstances and machineType as it has them, or remove the name",
      uses: [[...pathOfOwn(plan), key]],
    },
  ];
}

function addressesOfNat(plan: Plan): Issue[] {
  const { unmanaged, nat } = plan.network;
  const path = [...pathOfOwn(plan), "nat"];
  const own = networkSetting(plan);
  const whole = plan.main ?? plan;
  const caller = workloads(plan).find((workload) => plan.egressMode(workload) === "ALL_TRAFFIC");
  const issues: Issue[] = [];
  if (nat.addresses !== undefined)
    issues.push({
      path: [...pathOfNetwork(plan), "nat", "addresses"],
      value: String(nat.addresses),
      allowed: "network.unmanaged is of a network that others manage, in which no Cloud NAT is created",
      fix: `remove it, and name the addresses that there are in ${own}.unmanaged.nat`,
      uses: [["network", "unmanaged"]],
    });
  if (unmanaged?.nat === undefined && caller !== undefined)
    issues.push({
      path,
      value: "missing",
      allowed: `"${caller.name}" reaches a dependency with source "nat" through the network${inFurther(plan)}, whose Cloud NAT is not named`,
      fix: 'name its router, the NAT and its addresses, or write source: "internet" of the dependency',
      uses: [pathOfNamed(whole, caller), ["externalDependencies"]],
    });
  if (unmanaged?.nat?.addresses.length === 0)
    issues.push({
      path: [...path, "addresses"],
      value: "[]",
      allowed: "others admit the callers by these addresses, and ports are counted by them",
      fix: "name at least one static address of the NAT",
    });
  return issues;
}

/** What an import takes over would be changed, and destroyed with the environment. */
function imports(plan: Plan): Issue[] {
  const { existing, main } = plan;
  const kinds = [
    ...(main === undefined
      ? ([
          "network",
          "privateServices",
          "privateServicesConnection",
          "privateServiceConnect",
          "serviceConnectionPolicy",
        ] as const)
      : []),
    "directEgress",
    "router",
    "nat",
    "natAddresses",
    // One of our own on a subnet of theirs is ours.
    ...(isConnectorOfOthers(plan) ? (["connector"] as const) : []),
  ] as const;
  return kinds.flatMap((kind): Issue[] => {
    const declared = existing[kind];
    if (declared === undefined || declared === false || (Array.isArray(declared) && declared.length === 0))
      return [];
    return [
      {
        path: [...(main === undefined ? [] : pathOfRegion(plan)), "existing", kind],
        value: JSON.stringify(declared),
        allowed: "it would be imported and managed here, and network.unmanaged says that others manage it",
        fix: "remove it here, or network.unmanaged",
        uses: [["network", "unmanaged"]],
      },
    ];
  });
}
