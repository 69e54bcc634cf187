import { resourceType } from "./catalogue.ts";

/** The one role that is granted under a condition: only the roles that the stacks grant may be granted. */
export const GRANTS = "roles/resourcemanager.projectIamAdmin";

export interface RequiredRoles {
  readonly roles: readonly string[];
  /** What goes into a custom role of the project. */
  readonly permissions: readonly string[];
}

/**
 * The least that manages resources of these types, each once and in order. Types of other providers have their own
 * credentials and count for nothing here.
 *
 * @throws Error where the catalogue does not say what a type of Google's takes
 */
export function requiredRoles(types: Iterable<string>): RequiredRoles {
  const roles = new Set<string>();
  const permissions = new Set<string>();
  const unknown: string[] = [];
  for (const type of new Set(types)) {
    const required = resourceType(type)?.requiredRole;
    if (required === undefined) {
      if (type.startsWith("google_")) unknown.push(type);
    } else if (typeof required === "string") roles.add(required);
    else for (const permission of required) permissions.add(permission);
  }
  if (unknown.length > 0)
    throw new Error(
      `The deployer's rights are not known for ${unknown.sort().join(", ")}: add requiredRole to its file in resources/types.`,
    );
  return { roles: [...roles].sort(), permissions: [...permissions].sort() };
}
