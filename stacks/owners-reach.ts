import {
  DefaultTokenResolver,
  StringConcat,
  TerraformResource,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import { ownerBucket } from "../platform/delivery/access.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { escalationOf } from "../resources/escalating-roles.ts";
import { GRANTS } from "../resources/required-roles.ts";
import type { RequiredRole } from "../resources/resource-type.ts";
import { isRecord } from "../values/is-record.ts";

/**
 * Refuses what would let the deployer reach the states of the owner's stacks: it may itself grant each role that a stack grants
 * in the project, to itself as well.
 *
 * @param stacks all that the deployer applies, with what a project's own code has added to them
 * @throws UserError with the resource and what to write in its place
 */
export function refuseOwnersReach(
  { state }: Pick<PlatformPlan, "state">,
  stacks: readonly TerraformStack[],
): void {
  const ofStates = state === undefined ? [] : [state.bucket, ownerBucket(state)];
  const resources = stacks
    .flatMap(({ node }) => node.findAll())
    .filter((one) => one instanceof TerraformResource);
  for (const resource of resources) {
    const { terraformResourceType: type } = resource;
    const written = attributesOf(resource);
    const bucket = [written.bucket, type === "google_storage_bucket" ? written.name : undefined].find(
      // The provider takes a bucket with this prefix as well.
      (name) => ofStates.some((one) => one === name || `b/${one}` === name),
    );
    if (bucket !== undefined)
      throw new UserError(
        `${resource.node.path} (${type}) is about ${String(bucket)}, a bucket of Terraform states: whoever writes a state decides which providers Terraform runs. Take another bucket.`,
      );
    if (/^google_(project|folder|organization)_iam_policy$/.test(type))
      throw new UserError(
        `${resource.node.path} (${type}) sets every grant of the project, the deployer's among them. Give single roles with google_project_iam_member.`,
      );
    refuseOwnersPermissions(resource, written.permissions);
    const role = written.role;
    if (!/^google_(project|folder|organization)_iam_(member|binding)$/.test(type) || typeof role !== "string")
      continue;
    if (role.includes("${") && !CUSTOM_ROLE.test(role))
      throw new UserError(
        `${resource.node.path} grants a role in the project that Terraform computes (${role}): what the deployer may grant is decided at synth. Write the role out.`,
      );
    const reach = escalationOf(role);
    if (reach !== undefined)
      throw new UserError(
        `${resource.node.path} grants ${role} in the project: it reaches ${reach}, and the deployer may grant to itself what the stacks grant. Grant it on the resource that needs it, for example with google_storage_bucket_iam_member, or let an owner grant it outside of the stacks.`,
      );
  }
}

/** One of the stacks' own roles, whose permissions are looked at where it is made. */
const CUSTOM_ROLE = /^\$\{google_project_iam_custom_role\.[\w-]+\.(?:id|name)\}$/;

/** A role of the project's own is as large as its permissions. */
function refuseOwnersPermissions(resource: TerraformResource, permissions: unknown): void {
  if (!/^google_\w+_iam_custom_role$/.test(resource.terraformResourceType) || !Array.isArray(permissions))
    return;
  for (const permission of permissions.map(String)) {
    const reach = escalationOf(permission);
    if (reach !== undefined)
      throw new UserError(
        `${resource.node.path} is a role with ${permission}: granted in the project it reaches ${reach}. Leave the permission out, or let an owner create the role outside of the stacks.`,
      );
  }
}

/**
 * @param deployerRoles what the project's code gives the deployer, by type of resource
 * @throws UserError where the deployer would reach the owner's rights
 */
export function refuseOwnersRoles(deployerRoles: Readonly<Record<string, RequiredRole>>): void {
  for (const [type, required] of Object.entries(deployerRoles))
    for (const role of [required].flat()) {
      const reach = escalationOf(role);
      // These two are granted under a condition.
      if (reach === undefined || role === GRANTS || role.startsWith("roles/storage.")) continue;
      throw new UserError(
        `deployerRoles gives the deployer ${role} for ${type}: it reaches ${reach}. Name a smaller role, or let an owner create what needs it outside of the stacks.`,
      );
    }
}

/** With what an escape hatch has overridden. */
function attributesOf(resource: TerraformResource): Readonly<Record<string, unknown>> {
  const { resource: byType } = resource.toTerraform() as { readonly resource: object };
  const [byName] = Object.values(byType) as object[];
  const [attributes] = Object.values(byName ?? {}) as unknown[];
  return isRecord(attributes)
    ? (Tokenization.resolve(attributes, {
        scope: resource,
        preparing: false,
        resolver: new DefaultTokenResolver(new StringConcat()),
      }) as typeof attributes)
    : {};
}
