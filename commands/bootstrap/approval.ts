import process from "node:process";
import { Github } from "../../delivery/github/api.ts";
import { approvalIssues } from "../../delivery/github/approval.ts";
import { Gitlab } from "../../delivery/gitlab/api.ts";
import { gitlabApprovalIssues } from "../../delivery/gitlab/approval.ts";
import { hostOf } from "../../platform/delivery/access.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { printable } from "../../reporting/escape.ts";
import { sleep } from "../google.ts";

type Delivery = NonNullable<Environment["delivery"]>;

/** How one host is asked who approves deployments. */
interface ApprovalCheck {
  readonly token: string | undefined;
  /** What to set where there is none. */
  readonly tokenHelp: string;
  /** Sentences; empty where another person is asked. */
  readonly issues: (token: string, approval: string) => Promise<string[]>;
  /** "A maintainer" */
  readonly owner: string;
  readonly settings: string;
}

/**
 * Prints what keeps a deployment from waiting for another person, as the host has it.
 *
 * @param name of the environment
 * @returns whether nothing does, or nothing is delivered
 */
export async function checkApproval(name: string, delivery: Delivery | undefined): Promise<boolean> {
  if (delivery === undefined) return true;
  const { repository, approval = name } = delivery;
  const check = hostOf(delivery) === "gitlab" ? gitlab(delivery) : github(delivery);
  if (!check.token) {
    console.log(
      `\nnot checked: who approves deployments in ${repository}. Set ${check.tokenHelp}, and run this again.`,
    );
    return false;
  }
  const issues = await check.issues(check.token, approval);
  if (issues.length === 0)
    console.log(`\nThe environment "${approval}" of ${repository} asks another person.`);
  for (const issue of issues) console.log(`\nmissing in ${repository}: ${printable(issue)}.`);
  if (issues.length > 0) console.log(`\n${check.owner} sets this: ${check.settings}`);
  return issues.length === 0;
}

function github(delivery: Delivery): ApprovalCheck {
  const { repository } = delivery;
  const api = process.env.GITHUB_API_URL || "https://api.github.com";
  return {
    token: process.env.GITHUB_TOKEN || process.env.GH_TOKEN,
    tokenHelp: 'GITHUB_TOKEN, for example to what "gh auth token" prints',
    issues: (token, approval) =>
      approvalIssues(new Github({ api, repository, token, sleep }), { ...delivery, approval }),
    owner: "A person",
    settings: `https://github.com/${repository}/settings/environments`,
  };
}

function gitlab(delivery: Delivery): ApprovalCheck {
  const { repository, repositoryId, gitlabUrl = "https://gitlab.com" } = delivery;
  const api = process.env.CI_API_V4_URL || `${gitlabUrl}/api/v4`;
  return {
    token: process.env.GITLAB_TOKEN,
    tokenHelp: "GITLAB_TOKEN to a token of a maintainer with the scope read_api",
    issues: (token, approval) =>
      gitlabApprovalIssues(new Gitlab({ api, project: repositoryId, token, sleep }), {
        ...delivery,
        approval,
      }),
    owner: "A maintainer",
    settings: `${gitlabUrl}/${repository}/-/settings/repository and ${gitlabUrl}/${repository}/-/settings/ci_cd`,
  };
}
