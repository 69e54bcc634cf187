import { resourceType } from "./catalogue.ts";
import type { RequiredRole } from "./resource-type.ts";

/** The one role that is granted under a condition: only the roles that the stacks grant may be granted. */
export const GRANTS = "roles/resourcemanager.projectIamAdmin";

export interface RequiredRoles {
  readonly roles: readonly string[];
  /** What goes into a custom role of the project. */
  readonly permissions: readonly string[];
  /** Google's types of which neither the catalogue nor the caller says what they take. */
  readonly unknown: readonly string[];
}

/**
 * The least that manages resources of these types, each once and in order. Types of other providers have their own
 * credentials and count for nothing here.
 *
 * @param others by type, for those that are not in the catalogue
 */
export function requiredRoles(
  types: Iterable<string>,
  others: Readonly<Record<string, RequiredRole>> = {},
): RequiredRoles {
  const roles = new Set<string>();
  const permissions = new Set<string>();
  const unknown: string[] = [];
  for (const type of new Set(types)) {
    const required = resourceType(type)?.requiredRole ?? others[type];
    if (required === undefined) {
      if (type.startsWith("google_")) unknown.push(type);
    } else if (typeof required === "string") roles.add(required);
    else for (const permission of required) permissions.add(permission);
  }
  return { roles: [...roles].sort(), permissions: [...permissions].sort(), unknown: unknown.sort() };
}
