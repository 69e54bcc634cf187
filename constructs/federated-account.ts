import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool/index.js";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider/index.js";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account/index.js";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";

export interface FederatedAccountProps {
  /** Id of the pool: 4 to 32 lower-case letters, digits and hyphens. Google keeps a deleted one for 30 days. */
  readonly pool: string;
  /** Id of the provider in it, of the same form. */
  readonly provider: string;
  /** 6 to 30 lower-case letters, digits and hyphens. */
  readonly accountId: string;
  readonly displayName: string;
}

/** Whose tokens are taken, and which. */
export interface Federation {
  /** https://HOST, where Google reads the keys that the tokens are signed with. */
  readonly issuer: string;
  /** CEL expression of the principal's name in logs, at most 127 bytes. */
  readonly subject: string;
  /** The claim by which the account is granted, and its value. */
  readonly claim: string;
  readonly value: string;
  /** Claims that a token must have: one without a claim is rejected, because the condition cannot be evaluated for it. */
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * Lets jobs of a CI system act as one service account, without a key.
 *
 *     job's token -> provider (issuer, condition) -> pool -> workloadIdentityUser -> service account
 *
 * Each account has its own pool: members are named by pool, so that identities of other providers cannot match.
 */
export abstract class FederatedAccount extends AssertedConstruct {
  readonly resource: ServiceAccount;

  protected constructor(scope: Construct, id: string, props: FederatedAccountProps, federation: Federation) {
    super(scope, id);
    const { issuer, subject, claim, value, claims } = federation;
    const pool = new IamWorkloadIdentityPool(this, "Pool", {
      workloadIdentityPoolId: props.pool,
      displayName: props.pool,
    });
    new IamWorkloadIdentityPoolProvider(this, "Provider", {
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: props.provider,
      displayName: props.provider,
      attributeMapping: {
        "google.subject": subject,
        [`attribute.${claim}`]: `assertion.${claim}`,
      },
      attributeCondition: Object.entries(claims)
        .map(([name, wanted]) => `assertion.${name} == "${wanted}"`)
        .join(" && "),
      oidc: { issuerUri: issuer },
    });
    this.resource = new ServiceAccount(this, "Resource", {
      accountId: props.accountId,
      displayName: props.displayName,
    });
    new ServiceAccountIamMember(this, "User", {
      serviceAccountId: this.resource.name,
      role: "roles/iam.workloadIdentityUser",
      member: `principalSet://iam.googleapis.com/${pool.name}/attribute.${claim}/${value}`,
    });
  }
}
