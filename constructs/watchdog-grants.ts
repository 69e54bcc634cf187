import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";

export interface WatchdogGrantsProps {
  readonly project: string;
  /** E-mail of the watchdog's identity. */
  readonly watchdog: string;
  /** Bucket of the ledger, with uniform access, which the grant's condition requires. */
  readonly bucket: string;
  /** Prefix of the ledger's objects, "rollout/". The grant covers nothing else in the bucket. */
  readonly prefix: string;
  /** E-mails of the identities that the services run as. */
  readonly identities: Readonly<Record<string, string>>;
}

/**
 * Rights of the rollback watchdog that a deployer must not be able to grant: access to the ledger next to the Terraform
 * states, and acting as the services, which Cloud Run requires to change one.
 */
export class WatchdogGrants extends AssertedConstruct {
  constructor(
    scope: Construct,
    id: string,
    { project, watchdog, bucket, prefix, identities }: WatchdogGrantsProps,
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
        expression: `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${prefix}")`,
      },
    });
    for (const [service, email] of this.entries("identities", identities)) {
      new ServiceAccountIamMember(this, `ActAs-${service}`, {
        serviceAccountId: `projects/${project}/serviceAccounts/${email}`,
        role: "roles/iam.serviceAccountUser",
        member,
      });
    }
  }
}
