import { z } from "zod";
import { described } from "../described.ts";
import type { Github } from "./api.ts";

/** What a deployment relies on in the repository; docs/delivery.md, "From nothing". */
export interface ApprovalSettings {
  /** Environment of GitHub whose reviewers approve. */
  readonly approval: string;
  readonly branch: string;
  readonly repositoryId: string;
  readonly ownerId: string;
}

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
const repositorySchema = z.object({ id: z.int(), owner: z.object({ id: z.int() }) });

/** https://docs.github.com/en/rest/deployments/environments#get-an-environment */
const environmentSchema = z.object({
  /** In the answer and not in the reference: https://github.com/google/go-github/issues/2722 */
  can_admins_bypass: z.boolean().optional(),
  protection_rules: z
    .array(
      z.object({
        type: z.string(),
        prevent_self_review: z.boolean().optional(),
        reviewers: z.array(z.unknown()).optional(),
      }),
    )
    .optional(),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullish(),
});

/** https://docs.github.com/en/rest/deployments/branch-policies#list-deployment-branch-policies */
const policiesSchema = z.object({
  branch_policies: z.array(z.object({ name: z.string(), type: z.string().optional() })),
});

/**
 * What keeps a deployment from waiting for another person's approval, one sentence each; empty where nothing does. An
 * environment that does not exist approves everything: GitHub creates it, without rules, when a job first names it.
 *
 * @throws UserError where GitHub rejects the request, stays unavailable, or answers in another shape than documented
 */
export async function approvalIssues(
  github: Github,
  { approval, branch, repositoryId, ownerId }: ApprovalSettings,
): Promise<string[]> {
  const repository = await github.find("");
  if (repository === undefined)
    return [
      "the repository does not exist, or the token may not read it: fix delivery.repository, or the token",
    ];
  const { id, owner } = described("GitHub", repositorySchema, repository, "the repository");
  const path = `/environments/${encodeURIComponent(approval)}`;
  const environment = await github.find(path);
  const ids = [
    ...(String(id) === repositoryId
      ? []
      : [`delivery.repositoryId is ${repositoryId}, and the repository has the id ${id}`]),
    ...(String(owner.id) === ownerId
      ? []
      : [`delivery.ownerId is ${ownerId}, and the owner has the id ${owner.id}`]),
  ];
  if (environment === undefined)
    return [
      ...ids,
      `the environment "${approval}" does not exist, and the first deployment would create it without reviewers: create it with required reviewers, "Prevent self-review", and ${branch} as its only branch`,
    ];
  const {
    can_admins_bypass: canBypass,
    protection_rules: rules = [],
    deployment_branch_policy: policy,
  } = described("GitHub", environmentSchema, environment, `the environment "${approval}"`);
  const review = rules.find(({ type }) => type === "required_reviewers");
  return [
    ...ids,
    ...(review?.reviewers?.length
      ? []
      : [
          `the environment "${approval}" has no required reviewers: whoever merges deploys; name at least one`,
        ]),
    ...(review?.reviewers?.length && review.prevent_self_review !== true
      ? [
          `the environment "${approval}" lets people approve their own deployments: switch on "Prevent self-review"`,
        ]
      : []),
    ...(canBypass === true
      ? [
          `the environment "${approval}" lets administrators of the repository deploy without an approval: switch off "Allow administrators to bypass configured protection rules"`,
        ]
      : []),
    ...(await branchIssues(github, path, policy ?? null, { approval, branch })),
  ];
}

async function branchIssues(
  github: Github,
  path: string,
  policy: z.output<typeof environmentSchema>["deployment_branch_policy"] | null,
  { approval, branch }: Pick<ApprovalSettings, "approval" | "branch">,
): Promise<string[]> {
  const fix = `choose "Selected branches and tags", with the branch ${branch} alone`;
  if (policy === null || policy === undefined)
    return [`the environment "${approval}" takes deployments from every branch: ${fix}`];
  if (!policy.custom_branch_policies)
    return [`the environment "${approval}" takes deployments from every protected branch: ${fix}`];
  const found = await github.find(`${path}/deployment-branch-policies?per_page=100`);
  const names = described(
    "GitHub",
    policiesSchema,
    found,
    `the branches of "${approval}"`,
  ).branch_policies.map(({ name, type }) => (type === "tag" ? `the tag ${name}` : name));
  return names.length === 1 && names[0] === branch
    ? []
    : [`the environment "${approval}" takes deployments from ${names.join(", ") || "no branch"}: ${fix}`];
}
