import { CloudRunV2ServiceIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-service-iam-member/index.js";
import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role/index.js";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";

/**
 * What moving traffic takes: roles/run.developer, the smallest predefined role that has it, also creates and deletes
 * services and jobs. No permission covers the traffic alone.
 */
const MOVE_TRAFFIC = ["run.revisions.get", "run.services.get", "run.services.update"] as const;

export interface WatchdogGrantsProps {
  readonly project: string;
  readonly region: string;
  /** Id of the custom role: 3 to 64 letters, digits, periods and underscores. */
  readonly roleId: string;
  /** E-mail of the watchdog's identity. */
  readonly watchdog: string;
  /** Bucket of the ledger, with uniform access, which the grant's condition requires. */
  readonly bucket: string;
  /** Name of the ledger's object, "rollout/staging.json". The grant covers nothing else in the bucket. */
  readonly ledger: string;
  /** Names in Cloud Run of the services that it may roll back. */
  readonly services: Readonly<Record<string, string>>;
  /** The same of further regions, by region. @default none */
  readonly further?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** E-mails of the identities that the services run as. */
  readonly identities: Readonly<Record<string, string>>;
}

/**
 * Rights of the rollback watchdog that a deployer must not be able to grant: access to the ledger next to the Terraform
 * states, a custom role, and acting as the services, which Cloud Run requires to change one.
 */
export class WatchdogGrants extends AssertedConstruct {
  constructor(
    scope: Construct,
    id: string,
    {
      project,
      region,
      roleId,
      watchdog,
      bucket,
      ledger,
      services,
      further = {},
      identities,
    }: WatchdogGrantsProps,
  ) {
    super(scope, id);
    const member = `serviceAccount:${watchdog}`;
    new StorageBucketIamMember(this, "Ledger", {
      bucket,
      role: "roles/storage.objectUser",
      member,
      condition: {
        title: "ledger-of-rollouts",
        description: "Not the states beside it, which hold secrets",
        expression: `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${ledger}")`,
      },
    });
    const role = new ProjectIamCustomRole(this, "Role", {
      roleId,
      title: "Moves the traffic of services between their revisions",
      permissions: [...MOVE_TRAFFIC],
    });
    for (const [service, name] of this.entries("services", services)) {
      new CloudRunV2ServiceIamMember(this, `Mover-${service}`, {
        name,
        location: region,
        role: role.name,
        member,
      });
    }
    for (const [place, there] of this.entries("further", further)) {
      for (const [service, name] of this.entries(`further.${place}`, there)) {
        new CloudRunV2ServiceIamMember(this, `Mover-${service}-${place}`, {
          name,
          location: place,
          role: role.name,
          member,
        });
      }
    }
    for (const [service, email] of this.entries("identities", identities)) {
      new ServiceAccountIamMember(this, `ActAs-${service}`, {
        serviceAccountId: `projects/${project}/serviceAccounts/${email}`,
        role: "roles/iam.serviceAccountUser",
        member,
      });
    }
  }
}
