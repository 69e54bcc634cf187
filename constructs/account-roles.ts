import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { labelOfRole, type ProjectRole, roleGrant } from "./project-role.ts";

export interface AccountRolesProps {
  /** E-mail of a service account that exists. */
  readonly account: string;
  readonly project: string;
  /** Roles in the project, for example "roles/cloudsql.client". */
  readonly roles: readonly ProjectRole[];
}

/**
 * Roles in the project of a service account that others manage; nothing of the account itself.
 *
 *     Cloud Run service -> service account (theirs) -> project roles
 */
export class AccountRoles extends AssertedConstruct {
  constructor(scope: Construct, id: string, props: AccountRolesProps) {
    super(scope, id);
    for (const [label, role] of this.each("roles", props.roles, labelOfRole)) {
      new ProjectIamMember(this, `Role-${label}`, {
        project: props.project,
        ...roleGrant(role),
        member: `serviceAccount:${props.account}`,
      });
    }
  }
}
