import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member/index.js";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account/index.js";
import { TerraformResource, type TerraformStack } from "cdktf";
import type { StackContents } from "./delivery-stack.ts";

/** Resource types, granted roles and identities of the stacks, from which the deployer's rights follow. */
export function stackContents(stacks: readonly TerraformStack[]): StackContents {
  const resources = stacks
    .flatMap((stack) => stack.node.findAll())
    .filter((child) => child instanceof TerraformResource);
  const sorted = (texts: readonly (string | undefined)[]) =>
    [...new Set(texts.filter((text) => text !== undefined))].sort();
  return {
    types: sorted(resources.map((resource) => resource.terraformResourceType)),
    grantedRoles: sorted(
      resources.map((resource) => (resource instanceof ProjectIamMember ? resource.roleInput : undefined)),
    ),
    identities: sorted(
      resources.map((resource) => (resource instanceof ServiceAccount ? resource.accountIdInput : undefined)),
    ),
  };
}
