import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Makes every resource of a construct wait for every resource of others: `depends_on` in Terraform, which dependencies
 * of the construct tree do not become. Of others in another stack the whole stack is applied first, because a resource
 * can only wait for resources of its own.
 *
 * @throws Error where the two stacks would wait for each other
 */
export function dependOn(construct: Construct, ...others: readonly Construct[]): void {
  const needed = others.flatMap(resourcesOf);
  for (const resource of resourcesOf(construct)) {
    const { cdktfStack } = resource;
    for (const other of needed)
      if (other.cdktfStack !== cdktfStack) cdktfStack.addDependency(other.cdktfStack);
    const addresses = needed
      .filter((other) => other.cdktfStack === cdktfStack)
      // Terraform takes plain addresses here, no expressions.
      .map((other) => `${other.terraformResourceType}.${other.friendlyUniqueId}`);
    resource.dependsOn = [...(resource.dependsOn ?? []), ...addresses];
  }
}

function resourcesOf(construct: Construct): TerraformResource[] {
  return construct.node.findAll().filter((child) => TerraformResource.isTerraformResource(child));
}
