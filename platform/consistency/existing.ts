import { importIdForm, readImportId } from "../../resources/import-id.ts";
import { suggestion } from "../../values/nearest.ts";
import { primaries } from "../backing-services/databases.ts";
import { hostPlan } from "../edge/routes.ts";
import { labelOf, PART_OF } from "../existing/kinds.ts";
import type { Slot } from "../existing/slots.ts";
import type { Issue } from "../issue.ts";
import { isConnectorOfOthers } from "../network/network-project.ts";
import type { PlanParts, PlatformPlan } from "../plan.ts";
import { type Environment, kindOf, workloads } from "../schema/environment.ts";
import { isForeignSecret } from "../workloads/secret-reference.ts";

/** Declared existing resources that the environment does not have, or that are in another project or region. */
export function existingResources(
  plan: PlanParts<"existingSlots" | "services" | "jobs" | "workerPools" | "buckets" | "secrets"> & Sections,
): Issue[] {
  const declared = plan.existingSlots.filter((slot) => slot.declared !== undefined);
  return [
    ...unknownDeclarations(plan),
    ...declared.flatMap((slot) => invalidId(plan, slot)),
    ...declared.flatMap((slot) => missingParent(plan, declared, slot)),
    ...declared.flatMap((slot, index) => declaredTwice(declared, slot, index)),
  ];
}

/** The same of further regions: what is declared there and the region does not have, or that is elsewhere. */
export function existingInRegions(plan: PlanParts<"existingSlots" | "furtherRegions" | "regions">): Issue[] {
  const ofAll = plan.existingSlots.filter((slot) => slot.declared !== undefined);
  return plan.furtherRegions.flatMap((place, position) => {
    const declared = place.existingSlots.filter((slot) => slot.declared !== undefined);
    return [
      ...unknownInRegion(place, plan.regions?.[position]?.existing, ["regions", position]),
      ...declared.flatMap((slot) => invalidId(place, slot)),
      ...declared.flatMap((slot) =>
        missingParent(place, [...ofAll.filter(({ kind }) => kind === "network"), ...declared], slot),
      ),
      ...declared.flatMap((slot, index) => declaredTwice(declared, slot, index)),
    ];
  });
}

function unknownInRegion(
  { region, network, natAddresses, services }: PlatformPlan,
  existing: NonNullable<Environment["regions"]>[number]["existing"],
  path: Issue["path"],
): Issue[] {
  if (existing === undefined) return [];
  const nat = natAddresses > 0 ? natAddresses : undefined;
  const ofNetwork = [
    ["directEgress", network.addresses.directEgress, "addresses.directEgress"],
    ["router", nat, "nat"],
    ["nat", nat, "nat"],
  ] as const;
  // With a network that others manage, imports of its parts are refused for that reason.
  const parts = [
    ...(isConnectorOfOthers({ network }) ? [] : [["connector", network.connector, "connector"] as const]),
    ...(network.unmanaged === undefined ? ofNetwork : []),
  ];
  const names = services.map(({ name }) => name);
  return [
    ...parts.flatMap(([kind, part, where]) =>
      existing[kind] === undefined || part !== undefined
        ? []
        : [
            {
              path: [...path, "existing", kind],
              value: JSON.stringify(existing[kind]),
              allowed: `region ${region} has no ${labelOf(kind)} to import it as`,
              fix: `state its numbers in regions.${region}.${where}, or remove this`,
              uses: [path],
            },
          ],
    ),
    ...unknownConnectors(network, existing.connectors, path, ["regions", region]),
    ...(network.unmanaged !== undefined || existing.natAddresses.length <= natAddresses
      ? []
      : [
          {
            path: [...path, "existing", "natAddresses"],
            value: JSON.stringify(existing.natAddresses),
            allowed: `Cloud NAT of ${region} has ${natAddresses} (regions.${region}.nat.addresses), and the others would not be imported`,
            fix: `raise regions.${region}.nat.addresses to ${existing.natAddresses.length}, or name fewer`,
            uses: [path],
          },
        ]),
    ...existing.services.flatMap((name, index) =>
      names.includes(name)
        ? []
        : [
            {
              path: [...path, "existing", "services", index],
              value: JSON.stringify(name),
              allowed: `no service of this name runs in ${region}`,
              fix: suggestion(name, names),
              uses: [["services"]],
            },
          ],
    ),
  ];
}

/** Names of further connectors that are declared and not there. */
function unknownConnectors(
  { furtherConnectors = [] }: Environment["network"],
  declared: Environment["existing"]["connectors"],
  path: Issue["path"],
  place: readonly string[],
): Issue[] {
  const names = furtherConnectors.map(({ name }) => name);
  return Object.entries(declared ?? {}).flatMap(([name, value]) =>
    names.includes(name)
      ? []
      : [
          {
            path: [...path, "existing", "connectors", name],
            value: JSON.stringify(value),
            allowed: `${place.join(".")}.furtherConnectors has no connector of this name`,
            fix: suggestion(name, names),
            uses: [path.length === 0 ? place : path],
          },
        ],
  );
}

type Sections = Pick<
  PlatformPlan,
  "existing" | "network" | "natAddresses" | "database" | "databaseInstances" | "cache" | "cacheInstances"
>;

function unknownDeclarations(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "buckets" | "secrets"> & Sections,
): Issue[] {
  const {
    existing,
    network,
    natAddresses,
    database,
    databaseInstances,
    cache,
    cacheInstances,
    services,
    secrets,
  } = plan;
  const issues: Issue[] = [];
  const unknown = (
    path: Issue["path"],
    value: unknown,
    allowed: string,
    fix: string,
    uses: readonly Issue["path"][] = [],
  ): void => {
    issues.push({ path, value: JSON.stringify(value), allowed, fix, uses });
  };
  const data = databaseInstances[0] ?? cacheInstances[0];
  const { privateServices } = network.addresses;
  const nat = natAddresses > 0 ? natAddresses : undefined;
  // With a network that others manage, imports of its parts are refused for that reason.
  const ofNetwork = [
    ["directEgress", network.addresses.directEgress, "network.addresses.directEgress"],
    ["privateServices", privateServices, "network.addresses.privateServices"],
    ["privateServicesConnection", privateServices, "network.addresses.privateServices"],
    [
      "privateServiceConnect",
      network.addresses.privateServiceConnect,
      "network.addresses.privateServiceConnect",
    ],
    [
      "serviceConnectionPolicy",
      network.addresses.privateServiceConnect,
      "network.addresses.privateServiceConnect",
    ],
    ["router", nat, "network.nat"],
    ["nat", nat, "network.nat"],
  ] as const;
  const sections = [
    ...(isConnectorOfOthers(plan) ? [] : [["connector", network.connector, "network.connector"] as const]),
    ...(network.unmanaged === undefined ? ofNetwork : []),
    ["database", database, "database"],
    ["databaseName", database, "database"],
    ["cache", cache, "cache"],
    ["privateZone", data, "database or cache"],
  ] as const;
  for (const [kind, section, where] of sections) {
    if (existing[kind] === undefined || existing[kind] === false || section !== undefined) continue;
    unknown(
      ["existing", kind],
      existing[kind],
      `the environment has no ${labelOf(kind)} to import it as`,
      `state its numbers in ${where}, or remove this`,
      [where.split(".")],
    );
  }
  if (existing.edgeAddress !== undefined && hostPlan(plan).length === 0) {
    unknown(
      ["existing", "edgeAddress"],
      existing.edgeAddress,
      "no service is public, so that there is no load balancer",
      "remove it, or give a service an exposure",
    );
  }
  if (network.unmanaged === undefined && existing.natAddresses.length > natAddresses) {
    unknown(
      ["existing", "natAddresses"],
      existing.natAddresses,
      `Cloud NAT has ${natAddresses} (network.nat.addresses), and the others would not be imported`,
      `raise network.nat.addresses to ${existing.natAddresses.length}, or name fewer`,
    );
  }
  const kinds = [
    ["services", services, "no service of this name is declared"],
    [
      "serviceAccounts",
      workloads(plan).filter(({ serviceAccount }) => serviceAccount === undefined),
      "no service, job or worker pool of this name is declared, with an account of its own",
    ],
  ] as const;
  for (const [kind, owners, why] of kinds) {
    const known = owners.map(({ name }) => name);
    for (const [name, value] of Object.entries(existing[kind])) {
      if (known.includes(name)) continue;
      const other =
        kind === "services" ? workloads(plan).find((workload) => workload.name === name) : undefined;
      if (other === undefined) unknown(["existing", kind, name], value, why, suggestion(name, known));
      else
        unknown(
          ["existing", kind, name],
          value,
          `this is a ${kindOf(other)}, which is created, not imported`,
          `remove it; where the old one still runs, delete it after the deployment`,
        );
    }
  }
  issues.push(...unknownConnectors(network, existing.connectors, [], ["network"]));
  for (const [list, single, only, written] of [
    ["databases", "database", database, databaseInstances.filter(({ key }) => key !== "database")],
    ["caches", "cache", cache, cacheInstances.filter(({ key }) => key !== "cache")],
  ] as const) {
    const instances = written.map(({ name }) => name);
    for (const [name, value] of Object.entries(existing[list] ?? {})) {
      if (instances.includes(name)) continue;
      unknown(
        ["existing", list, name],
        value,
        only === undefined
          ? `${list} has no instance of this name`
          : `the environment has ${single}, and no list ${list}`,
        only === undefined
          ? suggestion(name, instances)
          : `write ${single}: ${JSON.stringify(value)} in existing in its place`,
        [[list]],
      );
    }
  }
  const within = primaries(databaseInstances).flatMap(({ name, key, settings }) => [
    ...(key !== "database" ? [`${name}/${settings.databaseName}`] : []),
    ...(settings.furtherDatabases ?? []).map((database) => `${name}/${database}`),
  ]);
  (existing.databaseNames ?? []).forEach((name, index) => {
    if (within.includes(name)) return;
    unknown(
      ["existing", "databaseNames", index],
      name,
      "no instance has this database",
      suggestion(name, within),
    );
  });
  const ids = secrets.filter((secret) => !isForeignSecret(secret)).map(({ name }) => name);
  existing.secrets.forEach((name, index) => {
    if (ids.includes(name)) return;
    unknown(
      ["existing", "secrets", index],
      name,
      secrets.some((secret) => secret.name === name)
        ? "this secret is in another project, where nothing is imported"
        : "no secret of this name is declared",
      suggestion(name, ids),
    );
  });
  return issues;
}

/** Kind, project, region and parent in an id must be those of the environment. */
function invalidId({ project, region }: Pick<Environment, "project" | "region">, slot: Slot): Issue[] {
  const { declared, kind, type, path } = slot;
  if (typeof declared !== "string" || !/[/:@]/.test(declared)) return [];
  const issue = (allowed: string, fix: string): Issue[] => [
    { path, value: JSON.stringify(declared), allowed, fix },
  ];
  const found = readImportId(type, declared);
  const [what, id] = [labelOf(kind, type), importIdForm(type)];
  if (found === undefined) {
    const form = id.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
      key === "parent" ? "ROUTER" : key.toUpperCase(),
    );
    return issue(
      `it is not the id of a ${what}, which has the form ${form}`,
      "write that id, or its name alone",
    );
  }
  if (found.project !== undefined && found.project !== project) {
    return issue(
      `it is in project "${found.project}", and this environment in "${project}"`,
      "Terraform cannot move it: correct the id or project, or leave it out and create a new one",
    );
  }
  const itsRegion =
    found.region ?? (kind === "database" || kind === "databases" ? declared.split(":").at(-2) : undefined);
  if (itsRegion !== undefined && itsRegion !== region) {
    return issue(
      `it is in region "${itsRegion}", and this environment in "${region}"`,
      "Terraform would replace it: correct the id or region, or leave it out and create a new one",
    );
  }
  if (kind === "nat" && !slot.id.endsWith(`/${found.parent}/${slot.name}`)) {
    return issue(
      `its router is "${found.parent}", and existing.router states another`,
      `write existing.router: "${found.parent}"`,
    );
  }
  return [];
}

function missingParent(
  { network }: Pick<Environment, "network">,
  declared: readonly Slot[],
  slot: Slot,
): Issue[] {
  if (slot.kind === "databaseNames") return missingInstance(declared, slot);
  const home = PART_OF[slot.kind];
  // A network of others is never imported, and what is in it has it already.
  if (home === "network" && network.unmanaged !== undefined) return [];
  if (home === undefined || declared.some(({ kind }) => kind === home)) return [];
  return [
    {
      path: slot.path,
      value: JSON.stringify(slot.declared),
      allowed: `existing.${home} does not state its ${labelOf(home)}, so that Terraform would replace it in a new one`,
      fix: `add ${home}: true to existing, or its name`,
    },
  ];
}

/** The instance of a database within one: that of `database`, or one of `databases`. */
function missingInstance(declared: readonly Slot[], slot: Slot): Issue[] {
  const [instance = ""] = slot.of.split("/");
  if (declared.some(({ kind, of }) => kind === "database" || (kind === "databases" && of === instance)))
    return [];
  return [
    {
      path: slot.path,
      value: JSON.stringify(slot.of),
      allowed: `existing does not state the instance "${instance}", so that Terraform would replace the database in a new one`,
      fix: `add databases: { ${JSON.stringify(instance)}: true } to existing, or its name`,
    },
  ];
}

function declaredTwice(declared: readonly Slot[], slot: Slot, index: number): Issue[] {
  const first = declared.findIndex((other) => other.kind === slot.kind && other.id === slot.id);
  const other = declared[first];
  // Two services of one name are an issue of their own.
  if (first === index || other === undefined || other.of === slot.of) return [];
  return [
    {
      path: slot.path,
      value: JSON.stringify(slot.declared),
      allowed: `${other.path.join(".")} imports the same ${labelOf(slot.kind, slot.type)}`,
      fix: "declare each once",
    },
  ];
}
