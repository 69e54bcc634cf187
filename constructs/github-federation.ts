import type { Construct } from "constructs";
import { form } from "../resources/index.ts";
import { FederatedAccount, type FederatedAccountProps } from "./federated-account.ts";

/** A name would admit no token: the claim holds the id. */
const ID = {
  outcome: "fails at run time",
  form: "the id as GitHub's API shows it (gh api repos/OWNER/NAME), digits only",
  examples: ["123456789"],
} as const;

/** Issuer of the tokens of all repositories on GitHub.com. */
const ISSUER = "https://token.actions.githubusercontent.com";

export interface GithubFederationProps extends FederatedAccountProps {
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
export class GithubFederation extends FederatedAccount {
  constructor(scope: Construct, id: string, props: GithubFederationProps) {
    const { repositoryId, ownerId, only } = props;
    super(scope, id, props, {
      issuer: ISSUER,
      subject: "assertion.sub",
      claim: "repository_id",
      value: repositoryId,
      claims: {
        repository_id: repositoryId,
        repository_owner_id: ownerId,
        ...(only === undefined ? {} : { ref: `refs/heads/${only.branch}`, environment: only.environment }),
      },
    });
    for (const [name, value] of Object.entries({ repositoryId, ownerId }))
      this.holds(form(name, /^\d+$/, ID), { [name]: value });
  }
}
