import { type App, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { ExistingKind } from "../platform/existing/kinds.ts";
import type { PlatformPlan } from "../platform/plan.ts";

/** Stack and construct of each kind; {} is the service, secret or position. */
const CONSTRUCTS: Readonly<Record<ExistingKind, readonly [stack: string, construct: string]>> = {
  network: ["network", "network/Resource"],
  directEgress: ["network", "direct-egress/Resource"],
  privateServices: ["network", "private-services/Range"],
  privateServicesConnection: ["network", "private-services/Resource"],
  router: ["network", "nat/Router"],
  nat: ["network", "nat/Resource"],
  natAddresses: ["network", "nat/Address{}"],
  connector: ["network", "connector/Resource"],
  database: ["data", "database/Resource"],
  databaseName: ["data", "database/Database"],
  cache: ["data", "cache/Resource"],
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
  { names, existingSlots }: Pick<PlatformPlan, "names" | "existingSlots">,
): void {
  const blocks = new Map<TerraformStack, { readonly to: string; readonly id: string }[]>();
  for (const slot of existingSlots) {
    if (slot.declared === undefined) continue;
    const [part, construct] = CONSTRUCTS[slot.kind].map((text) => text.replaceAll("{}", slot.of));
    const stack = app.node.tryFindChild(names.stack(part ?? ""));
    const resource = stack === undefined ? undefined : descendant(stack, construct ?? "");
    if (!TerraformStack.isStack(stack) || !(resource instanceof TerraformResource))
      throw new Error(`${part}/${construct} is no resource, and ${slot.id} cannot be imported to it`);
    const to = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    blocks.set(stack, [...(blocks.get(stack) ?? []), { to, id: slot.id }]);
  }
  for (const [stack, imports] of blocks) stack.addOverride("import", imports);
}

function descendant(scope: IConstruct, path: string): IConstruct | undefined {
  return path
    .split("/")
    .reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), scope);
}
