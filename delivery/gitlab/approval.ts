import { z } from "zod";
import { described } from "../described.ts";
import type { Gitlab } from "./api.ts";
import { branchPushIssues } from "./branch-pushes.ts";

/** What a deployment relies on in the project; docs/gitlab.md, "From nothing". */
export interface GitlabApproval {
  /** Environment of GitLab that holds a deployment back. */
  readonly approval: string;
  readonly branch: string;
  readonly repositoryId: string;
  readonly ownerId: string;
}

/** https://docs.gitlab.com/api/projects/#retrieve-a-project */
const projectSchema = z.object({
  id: z.int(),
  namespace: z.object({ id: z.int() }),
  allow_pipeline_trigger_approve_deployment: z.boolean().optional(),
  /** "no_one_allowed", or the role from which on people set variables of a pipeline; GitLab before 17.1 has none. */
  ci_pipeline_variables_minimum_override_role: z.string().optional(),
});

/** By its own name or by a wildcard. https://docs.gitlab.com/api/branches/#retrieve-a-repository-branch */
const branchSchema = z.object({ protected: z.boolean() });

/** https://docs.gitlab.com/api/protected_environments/ */
const environmentSchema = z.object({
  required_approval_count: z.int().optional(),
  approval_rules: z.array(z.object({ required_approvals: z.int() })).optional(),
});

/**
 * What keeps a deployment from waiting for another person's approval, one sentence each; empty where nothing does.
 *
 * @throws UserError where GitLab rejects the request, stays unavailable, or answers in another shape than documented
 */
export async function gitlabApprovalIssues(
  gitlab: Gitlab,
  { approval, branch, repositoryId, ownerId }: GitlabApproval,
): Promise<string[]> {
  const project = await gitlab.find("");
  if (project === undefined)
    return [
      "the project does not exist, or the token may not read it: fix delivery.repositoryId, or the token",
    ];
  const {
    namespace,
    allow_pipeline_trigger_approve_deployment: mayApproveOwn,
    ci_pipeline_variables_minimum_override_role: setsVariables = "no_one_allowed",
  } = described("GitLab", projectSchema, project, "the project");
  const environment = await gitlab.find(`/protected_environments/${encodeURIComponent(approval)}`);
  const found = await gitlab.find(`/repository/branches/${encodeURIComponent(branch)}`);
  const isProtected =
    found !== undefined && described("GitLab", branchSchema, found, `the branch ${branch}`).protected;
  const issues = [
    ...(String(namespace.id) === ownerId
      ? []
      : [
          `delivery.ownerId is ${ownerId}, and the namespace of project ${repositoryId} has the id ${namespace.id}`,
        ]),
    ...(setsVariables === "no_one_allowed"
      ? []
      : [
          `people with the role ${setsVariables} may set variables of a pipeline, which run other code in a deployment than what was approved: set "Minimum role to use pipeline variables" to "No one allowed"`,
        ]),
    ...(isProtected
      ? await branchPushIssues(gitlab, branch)
      : [
          `the branch ${branch} is not protected: no job may deploy; protect it, with merges by Maintainers and pushes by no one`,
        ]),
  ];
  if (environment === undefined)
    return [
      ...issues,
      `the environment "${approval}" is not protected: no job may deploy; protect it, with approval rules (GitLab Premium)`,
    ];
  const { required_approval_count: count = 0, approval_rules: rules = [] } = described(
    "GitLab",
    environmentSchema,
    environment,
    `the environment "${approval}"`,
  );
  const approvals = Math.max(count, ...rules.map(({ required_approvals: required }) => required));
  return [
    ...issues,
    ...(approvals > 0
      ? []
      : [`the environment "${approval}" asks nobody: whoever merges deploys; give it an approval rule`]),
    ...(mayApproveOwn === true
      ? [
          'the project lets people approve their own deployments: switch off "Allow pipeline triggerer to approve deployment"',
        ]
      : []),
  ];
}
