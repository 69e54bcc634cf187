import { type App, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { ExistingKind } from "../platform/existing/kinds.ts";
import type { Slot } from "../platform/existing/slots.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { regionalName } from "../platform/regions/regions.ts";

/** Stack and construct of each kind; {} is the service, secret or position. */
const CONSTRUCTS: Readonly<Record<ExistingKind, readonly [stack: string, construct: string]>> = {
  network: ["network", "network/Resource"],
  directEgress: ["network", "direct-egress/Resource"],
  privateServices: ["network", "private-services/Range"],
  privateServicesConnection: ["network", "private-services/Resource"],
  privateServiceConnect: ["network", "private-service-connect/Subnet"],
  serviceConnectionPolicy: ["network", "private-service-connect/Resource"],
  router: ["network", "nat/Router"],
  nat: ["network", "nat/Resource"],
  natAddresses: ["network", "nat/Address{}"],
  connector: ["network", "connector/Resource"],
  connectors: ["network", "connector-{}/Resource"],
  database: ["data", "database/Resource"],
  databaseName: ["data", "database/Database"],
  databases: ["data", "database-{}/Resource"],
  databaseNames: ["data", "{}"],
  cache: ["data", "cache/Resource"],
  caches: ["data", "cache-{}/Resource"],
  privateZone: ["data", "names/Resource"],
  registry: ["foundation", "registry/Resource"],
  services: ["service-{}", "service-{}/Resource"],
  serviceAccounts: ["foundation", "identity-{}/Resource"],
  secrets: ["foundation", "secret-{}/Resource"],
  edgeAddress: ["edge", "load-balancer/Address"],
};

/**
 * Writes an `import` block for every resource that the environment declares as existing: the first apply imports it,
 * and later plans ignore the block.
 *
 * CDKTF's `importFrom` runs the Terraform binary at synth, once for each resource, and synth must work without it.
 */
export function importExisting(
  app: App,
  plan: Pick<
    PlatformPlan,
    "names" | "existingSlots" | "databaseInstances" | "region" | "main" | "furtherRegions"
  >,
): void {
  const blocks = new Map<TerraformStack, { readonly to: string; readonly id: string }[]>();
  const slots = [plan, ...plan.furtherRegions].flatMap((place) =>
    place.existingSlots.map((slot) => ({ place, slot })),
  );
  for (const { place, slot } of slots) {
    if (slot.declared === undefined) continue;
    const [inStack, inConstruct] = CONSTRUCTS[slot.kind];
    const of = part(slot, plan.databaseInstances);
    const construct = inConstruct.replaceAll("{}", slot.kind === "services" ? regionalName(place, of) : of);
    const stack = app.node.tryFindChild(place.names.stack(inStack.replaceAll("{}", of)));
    const resource = stack === undefined ? undefined : descendant(stack, construct);
    if (!TerraformStack.isStack(stack) || !(resource instanceof TerraformResource))
      throw new Error(`${inStack}/${construct} is no resource, and ${slot.id} cannot be imported to it`);
    const to = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    blocks.set(stack, [...(blocks.get(stack) ?? []), { to, id: slot.id }]);
  }
  for (const [stack, imports] of blocks) stack.addOverride("import", imports);
}

/** What stands for {}; of a database in an instance, the construct of both. */
function part({ kind, of, name }: Slot, instances: PlatformPlan["databaseInstances"]): string {
  if (kind !== "databaseNames") return of;
  const instance = instances.find((each) => of === `${each.name}/${name}`);
  const isMain = instance?.settings.databaseName === name;
  return `${instance?.id}/Database${isMain ? "" : `-${name}`}`;
}

function descendant(scope: IConstruct, path: string): IConstruct | undefined {
  return path
    .split("/")
    .reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), scope);
}
