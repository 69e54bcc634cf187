import type { Construct } from "constructs";
import { form } from "../resources/index.ts";
import { FederatedAccount, type FederatedAccountProps } from "./federated-account.ts";

/** A path would admit no token: the claim holds the id. */
const ID = {
  outcome: "fails at run time",
  form: "the id as GitLab's API shows it (glab api projects/GROUP%2FNAME), digits only",
  examples: ["12345678"],
} as const;

/** What issues the tokens of all projects on GitLab.com. */
export const GITLAB_COM = "https://gitlab.com";

export interface GitlabFederationProps extends FederatedAccountProps {
  /** Immutable ids, digits: an abandoned path can be registered by others. */
  readonly projectId: string;
  readonly namespaceId: string;
  /**
   * https://HOST of a GitLab of your own, which Google must reach at /.well-known/openid-configuration.
   * @default https://gitlab.com
   */
  readonly issuer?: string;
  /**
   * Admits only jobs on this branch that deploy to this environment, where both are protected. Without protection everybody
   * who may push would be let in. @default every job of the project
   */
  readonly only?: { readonly branch: string; readonly environment: string };
}

/**
 * Lets pipelines of one GitLab project act as one service account, without a key.
 *
 *     job's token -> provider (issuer, condition) -> pool -> workloadIdentityUser -> service account
 *
 * Claims: https://docs.gitlab.com/ci/secrets/id_token_authentication/. All of them are texts, "true" as well.
 */
export class GitlabFederation extends FederatedAccount {
  constructor(scope: Construct, id: string, props: GitlabFederationProps) {
    const { projectId, namespaceId, only } = props;
    super(scope, id, props, {
      issuer: props.issuer ?? GITLAB_COM,
      // The claim sub holds path and branch, and Google takes at most 127 bytes.
      subject: '"job:" + assertion.job_id',
      claim: "project_id",
      value: projectId,
      claims: {
        project_id: projectId,
        namespace_id: namespaceId,
        ...(only === undefined
          ? {}
          : {
              ref_type: "branch",
              ref: only.branch,
              ref_protected: "true",
              environment: only.environment,
              environment_protected: "true",
            }),
      },
    });
    for (const [name, value] of Object.entries({ projectId, namespaceId }))
      this.holds(form(name, /^\d+$/, ID), { [name]: value });
  }
}
