import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Makes every resource of a construct wait for every resource of others: `depends_on` in Terraform, which dependencies
 * of the construct tree do not become.
 */
export function dependOn(construct: Construct, ...others: readonly Construct[]): void {
  const needed = others
    .flatMap(resourcesOf)
    // Terraform takes plain addresses here, no expressions.
    .map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
  for (const resource of resourcesOf(construct)) {
    resource.dependsOn = [...(resource.dependsOn ?? []), ...needed];
  }
}

function resourcesOf(construct: Construct): TerraformResource[] {
  return construct.node.findAll().filter((child) => child instanceof TerraformResource);
}
