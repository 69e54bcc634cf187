import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member/index.js";
import { Construct } from "constructs";

export interface GuardGrantsProps {
  readonly project: string;
  /** E-mail of the guard's identity. */
  readonly guard: string;
  /** Bucket that holds the ledger, with uniform access: a condition stands on the grant. */
  readonly bucket: string;
  /** What the names of the ledger's objects begin with: "rollout/". Nothing else of the bucket is given. */
  readonly prefix: string;
  /** E-mails of the identities that the services run as. */
  readonly identities: Readonly<Record<string, string>>;
}

/**
 * What the guard of rollouts needs beside Cloud Run, and what nobody who deploys may give: the ledger beside the Terraform
 * states, and to act as the services, which Cloud Run asks of whoever changes one.
 */
export class GuardGrants extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { project, guard, bucket, prefix, identities }: GuardGrantsProps,
  ) {
    super(scope, id);
    const member = `serviceAccount:${guard}`;
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
    for (const [service, email] of Object.entries(identities)) {
      new ServiceAccountIamMember(this, `ActAs-${service}`, {
        serviceAccountId: `projects/${project}/serviceAccounts/${email}`,
        role: "roles/iam.serviceAccountUser",
        member,
      });
    }
  }
}
