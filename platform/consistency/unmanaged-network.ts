import { projectNumberOf } from "../edge/service-address.ts";
import type { Issue, Path } from "../issue.ts";
import { connectorGrants, subnetGrants } from "../network/network-requirements.ts";
import type { PlatformPlan } from "../plan.ts";
import { pathOf, workloads } from "../schema/environment.ts";

type Plan = Pick<
  PlatformPlan,
  | "project"
  | "projectNumber"
  | "delivery"
  | "region"
  | "network"
  | "existing"
  | "externalDependencies"
  | "services"
  | "jobs"
  | "egressMode"
>;

const own: Path = ["network", "unmanaged"];

/** What an environment says of a network that others manage: names and numbers of the same things, and nothing that would be created or imported. */
export function unmanagedNetworks(plan: Plan): Issue[] {
  if (plan.network.unmanaged === undefined) return [];
  return [
    ...hostProject(plan),
    ...namesWithoutNumbers(plan),
    ...connectorWithoutSize(plan),
    ...addressesOfNat(plan),
    ...imports(plan),
  ];
}

function hostProject(plan: Plan): Issue[] {
  const { project, network } = plan;
  const host = network.unmanaged?.hostProject;
  if (host === undefined) return [];
  const path = [...own, "hostProject"];
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
  const things = [
    ["directEgress", "subnet", host === undefined ? [] : subnetGrants(plan, host, "NAME")],
    ["connector", "connector", host === undefined ? [] : connectorGrants(plan, host)],
    ["privateServices", "allocated range", []],
  ] as const;
  return things.flatMap(([key, noun, grants]): Issue[] => {
    const [name, range] = [unmanaged?.[key], addresses[key]];
    const [named, numbered] = [
      [...own, key],
      ["network", "addresses", key],
    ];
    if (name === undefined && range !== undefined)
      return [
        {
          path: named,
          value: "missing",
          allowed: `${range} (network.addresses.${key}) is in a network that others manage, and the ${noun} that has it is not named`,
          fix: `name the ${noun}, or remove its range${grants.length === 0 ? "" : `; the owner of "${host}" runs: ${grants.join("; ")}`}`,
          uses: [numbered],
        },
      ];
    if (name !== undefined && range === undefined)
      return [
        {
          path: numbered,
          value: "missing",
          allowed: `network.unmanaged.${key} names the ${noun} "${name}", and address plan and budgets need its range`,
          fix: `write the range that it has, or remove network.unmanaged.${key}`,
          uses: [named],
        },
      ];
    return [];
  });
}

function connectorWithoutSize({ network: { unmanaged, connector, addresses } }: Plan): Issue[] {
  // A range without a size is reported by the address plan.
  if (unmanaged?.connector === undefined || connector !== undefined || addresses.connector !== undefined)
    return [];
  return [
    {
      path: ["network", "connector"],
      value: "missing",
      allowed: `network.unmanaged.connector names "${unmanaged.connector}", and the budget of its throughput needs its size`,
      fix: "write minInstances, maxInstances and machineType as it has them, or remove the name",
      uses: [[...own, "connector"]],
    },
  ];
}

function addressesOfNat(plan: Plan): Issue[] {
  const { unmanaged, nat } = plan.network;
  const path = [...own, "nat"];
  const caller = workloads(plan).find((workload) => plan.egressMode(workload) === "ALL_TRAFFIC");
  const issues: Issue[] = [];
  if (nat.addresses !== undefined)
    issues.push({
      path: ["network", "nat", "addresses"],
      value: String(nat.addresses),
      allowed: "network.unmanaged is of a network that others manage, in which no Cloud NAT is created",
      fix: "remove it, and name the addresses that there are in network.unmanaged.nat",
      uses: [own],
    });
  if (unmanaged?.nat === undefined && caller !== undefined)
    issues.push({
      path,
      value: "missing",
      allowed: `"${caller.name}" reaches a dependency with source "nat" through the network, whose Cloud NAT is not named`,
      fix: 'name its router, the NAT and its addresses, or write source: "internet" of the dependency',
      uses: [pathOf(plan, caller), ["externalDependencies"]],
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
function imports({ existing }: Plan): Issue[] {
  const kinds = [
    "network",
    "directEgress",
    "privateServices",
    "privateServicesConnection",
    "router",
    "nat",
    "natAddresses",
    "connector",
  ] as const;
  return kinds.flatMap((kind): Issue[] => {
    const declared = existing[kind];
    if (declared === undefined || declared === false || (Array.isArray(declared) && declared.length === 0))
      return [];
    return [
      {
        path: ["existing", kind],
        value: JSON.stringify(declared),
        allowed: "it would be imported and managed here, and network.unmanaged says that others manage it",
        fix: "remove it here, or network.unmanaged",
        uses: [own],
      },
    ];
  });
}
