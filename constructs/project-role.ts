/** A role in a project, for some of its resources. */
export interface ConditionalRole {
  readonly role: string;
  /** What it holds for, in a word that the address of the grant has: "valkey-sessions". */
  readonly only: string;
  /** Condition in CEL, for example `resource.name.endsWith("/instances/sessions")`. */
  readonly expression: string;
}

/** A role in the project, for example "roles/cloudsql.client"; for some of its resources with a condition. */
export type ProjectRole = string | ConditionalRole;

/** Within one list, what two of its ways to write a role have in common. */
export function labelOfRole(granted: ProjectRole): string {
  const { role, only } = typeof granted === "string" ? { role: granted, only: undefined } : granted;
  const label = role.replace(/^roles\//, "");
  return only === undefined ? label : `${label}-${only}`;
}

/** Role and condition as an IAM binding takes them. */
export function roleGrant(granted: ProjectRole) {
  if (typeof granted === "string") return { role: granted };
  const { role, only, expression } = granted;
  return { role, condition: { title: `only ${only}`, expression } };
}
