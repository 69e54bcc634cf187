import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { Command } from "commander";
import { gcloud } from "../delivery/bootstrap/gcloud.ts";
import { apiSteps, LIFECYCLE, LIFECYCLE_FILE, type Step } from "../delivery/bootstrap/steps.ts";
import { Github } from "../delivery/github/api.ts";
import { approvalIssues } from "../delivery/github/approval.ts";
import { Gitlab } from "../delivery/gitlab/api.ts";
import { gitlabApprovalIssues } from "../delivery/gitlab/approval.ts";
import { hostOf, ownerBucket } from "../platform/delivery/access.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { isMesh } from "../platform/schema/mesh.ts";
import { UserError } from "../platform/user-error.ts";
import { printable } from "../reporting/escape.ts";
import { plural } from "../values/words.ts";
import { bucketReady, ownerBucketReady } from "./bootstrap/buckets.ts";
import { exitCodesOf, oneOfAny, runCommand } from "./command.ts";
import { sleep } from "./google.ts";

export const program = exitCodesOf(new Command("bootstrap"))
  .description(
    "Creates what Terraform needs before it can run: the first APIs, and the buckets of the states. Checks the approval in GitHub.",
  )
  .argument("<environment>", "name of the environment")
  .option("--run", "do it; without this the commands are only printed")
  .addHelpText(
    "after",
    [
      "",
      "Checks first, with gcloud as the active account, and lists only what is missing; can be run again at any time.",
      "Where the environment names a delivery, there is a second bucket, for the state of what only an owner applies, and the",
      "state of the delivery stack is moved there from the first one. It also checks that GitHub asks somebody else before a deployment, with",
      'GITHUB_TOKEN (for example from "gh auth token"). What is missing there a person sets; --run does not.',
      "",
      "Exit codes: 0 nothing is missing, 1 something is missing and --run was not given, 2 could not check or usage error.",
    ].join("\n"),
  )
  .action((name: string, { run }: { readonly run?: true }) => runCommand(() => main(name, run === true)));

async function main(name: string, run: boolean): Promise<number> {
  const environment = await oneOfAny(name);
  const { project, state } = environment;
  if (state === undefined) {
    throw new UserError(
      `environments/${name}.ts names no state.bucket, so its state is in local files: write for example state: { bucket: "${project}-terraform-state" }.`,
    );
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), "bootstrap-"));
  try {
    const lifecycle = path.join(folder, "lifecycle.json");
    writeFileSync(lifecycle, JSON.stringify(LIFECYCLE));
    const done = (steps: readonly Step[]): number => perform(steps, run, lifecycle);
    const enabled = gcloud([
      "services",
      "list",
      "--enabled",
      `--project=${project}`,
      "--format=value(config.name)",
    ]).out;
    let count = done(apiSteps(project, enabled.split(/\s+/)));
    const states = bucketReady({ ...environment, bucket: state.bucket, setting: "state.bucket" }, run, done);
    count += states.count;
    const buckets = [state.bucket];
    if (!isMesh(environment) && environment.delivery !== undefined) {
      count += ownerBucketReady(environment, state, environment.delivery, states.found, run, done);
      buckets.push(ownerBucket(state));
    }
    if (count === 0)
      console.log(`Nothing is missing: ${buckets.join(" and ")} can hold the state of ${name}.`);
    else if (run) console.log(`Done: ${plural(count, "step")}.`);
    else console.log(`\n${plural(count, "step")} missing. Do them with: npm run bootstrap -- ${name} --run`);
    const isApproved = await checkApproval(name, isMesh(environment) ? undefined : environment.delivery);
    return isApproved && (count === 0 || run) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints what is missing in GitHub; true where nothing is, or nothing is delivered from there. */
async function checkApproval(name: string, delivery: Environment["delivery"]): Promise<boolean> {
  if (delivery === undefined) return true;
  const { repository, approval = name } = delivery;
  if (hostOf(delivery) === "gitlab") return checkGitlab(delivery, approval);
  const token = process.env.GITHUB_TOKEN || process.env.GH_TOKEN;
  if (!token) {
    console.log(
      `\nnot checked: who approves deployments in ${repository}. Set GITHUB_TOKEN, for example to what "gh auth token" prints, and run this again.`,
    );
    return false;
  }
  const api = process.env.GITHUB_API_URL || "https://api.github.com";
  const issues = await approvalIssues(new Github({ api, repository, token, sleep }), {
    ...delivery,
    approval,
  });
  if (issues.length === 0)
    console.log(`\nThe environment "${approval}" of ${repository} asks another person.`);
  for (const issue of issues) console.log(`\nmissing in ${repository}: ${printable(issue)}.`);
  if (issues.length > 0)
    console.log(`\nA person sets this: https://github.com/${repository}/settings/environments`);
  return issues.length === 0;
}

/** The same of a project on GitLab. */
async function checkGitlab(
  delivery: NonNullable<Environment["delivery"]>,
  approval: string,
): Promise<boolean> {
  const { repository, repositoryId, gitlabUrl = "https://gitlab.com" } = delivery;
  const token = process.env.GITLAB_TOKEN;
  if (!token) {
    console.log(
      `\nnot checked: who approves deployments in ${repository}. Set GITLAB_TOKEN to a token of a maintainer with the scope read_api, and run this again.`,
    );
    return false;
  }
  const api = process.env.CI_API_V4_URL || `${gitlabUrl}/api/v4`;
  const gitlab = new Gitlab({ api, project: repositoryId, token, sleep });
  const issues = await gitlabApprovalIssues(gitlab, { ...delivery, approval });
  if (issues.length === 0)
    console.log(`\nThe environment "${approval}" of ${repository} asks another person.`);
  for (const issue of issues) console.log(`\nmissing in ${repository}: ${printable(issue)}.`);
  if (issues.length > 0) console.log(`\nA maintainer sets this: ${gitlabUrl}/${repository}/-/settings/ci_cd`);
  return issues.length === 0;
}

function perform(steps: readonly Step[], run: boolean, lifecycle: string): number {
  for (const { why, args } of steps) {
    console.log(printable(`${run ? "" : "missing: "}${why}`));
    const shown = run ? args.map((arg) => arg.replace(LIFECYCLE_FILE, lifecycle)) : args;
    const holds = args.some((arg) => arg.includes(LIFECYCLE_FILE))
      ? `   # the file holds ${JSON.stringify(LIFECYCLE)}`
      : "";
    console.log(printable(`  gcloud ${shown.join(" ")}${holds}`));
    if (run && !gcloud(shown).isFound) throw new UserError(`gcloud ${shown.join(" ")}: not found.`);
  }
  return steps.length;
}
