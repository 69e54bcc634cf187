import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member/index.js";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { labelOfRole, type ProjectRole, roleGrant } from "./project-role.ts";

export interface ServiceIdentityProps {
  /** 6 to 30 lower-case letters, digits and hyphens. */
  readonly accountId: string;
  readonly displayName: string;
  readonly project: string;
  /** Roles in the project, for example "roles/cloudsql.client". @default none */
  readonly roles?: readonly ProjectRole[];
}

/**
 * Service account of one service with the roles that it needs; it replaces the default compute account.
 *
 *     Cloud Run service -> service account -> project roles
 */
export class ServiceIdentity extends AssertedConstruct {
  readonly resource: ServiceAccount;

  constructor(scope: Construct, id: string, props: ServiceIdentityProps) {
    super(scope, id);
    this.resource = new ServiceAccount(this, "Resource", {
      accountId: props.accountId,
      displayName: props.displayName,
    });
    for (const [id, role] of this.each("roles", props.roles ?? [], labelOfRole)) {
      new ProjectIamMember(this, `Role-${id}`, {
        project: props.project,
        ...roleGrant(role),
        member: `serviceAccount:${this.resource.email}`,
      });
    }
  }
}
