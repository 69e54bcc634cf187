import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool/index.js";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider/index.js";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account/index.js";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { form } from "../resources/index.ts";

/** A name would admit no token: the claim holds the id. */
const ID = {
  outcome: "fails at run time",
  form: "the id as GitHub's API shows it (gh api repos/OWNER/NAME), digits only",
  examples: ["123456789"],
} as const;

/** Issuer of the tokens of all repositories on GitHub.com. */
const ISSUER = "https://token.actions.githubusercontent.com";

export interface GithubFederationProps {
  /** Id of the pool: 4 to 32 lower-case letters, digits and hyphens. Google keeps a deleted one for 30 days. */
  readonly pool: string;
  /** Id of the provider in it, of the same form. */
  readonly provider: string;
  /** 6 to 30 lower-case letters, digits and hyphens. */
  readonly accountId: string;
  readonly displayName: string;
  /** Immutable ids, digits: an abandoned name can be registered by others. */
  readonly repositoryId: string;
  readonly ownerId: string;
  /** Admits only jobs on this branch that use this environment of the repository. @default every job of the repository */
  readonly only?: { readonly branch: string; readonly environment: string };
}

/**
 * Lets workflows of one GitHub repository act as one service account, without a key.
 *
 *     job's token -> provider (issuer, condition) -> pool -> workloadIdentityUser -> service account
 *
 * Each account has its own pool: members are named by pool, so that identities of other providers cannot match.
 */
export class GithubFederation extends AssertedConstruct {
  readonly resource: ServiceAccount;

  constructor(scope: Construct, id: string, props: GithubFederationProps) {
    super(scope, id);
    const { repositoryId, ownerId } = props;
    for (const [name, value] of Object.entries({ repositoryId, ownerId }))
      this.holds(form(name, /^\d+$/, ID), { [name]: value });
    const pool = new IamWorkloadIdentityPool(this, "Pool", {
      workloadIdentityPoolId: props.pool,
      displayName: props.pool,
    });
    new IamWorkloadIdentityPoolProvider(this, "Provider", {
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: props.provider,
      displayName: props.provider,
      attributeMapping: {
        "google.subject": "assertion.sub",
        "attribute.repository_id": "assertion.repository_id",
      },
      attributeCondition: condition(props),
      oidc: { issuerUri: ISSUER },
    });
    this.resource = new ServiceAccount(this, "Resource", {
      accountId: props.accountId,
      displayName: props.displayName,
    });
    new ServiceAccountIamMember(this, "User", {
      serviceAccountId: this.resource.name,
      role: "roles/iam.workloadIdentityUser",
      member: `principalSet://iam.googleapis.com/${pool.name}/attribute.repository_id/${props.repositoryId}`,
    });
  }
}

/** A token without one of the claims is rejected: Google rejects what a condition cannot be evaluated for. */
function condition({ repositoryId, ownerId, only }: GithubFederationProps): string {
  const claims = {
    repository_id: repositoryId,
    repository_owner_id: ownerId,
    ...(only === undefined ? {} : { ref: `refs/heads/${only.branch}`, environment: only.environment }),
  };
  return Object.entries(claims)
    .map(([claim, value]) => `assertion.${claim} == "${value}"`)
    .join(" && ");
}
