import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Command } from "commander";
import { gcloud } from "../delivery/bootstrap/gcloud.ts";
import { apiSteps, LIFECYCLE, LIFECYCLE_FILE, type Step } from "../delivery/bootstrap/steps.ts";
import { ownerBucket } from "../platform/delivery/access.ts";
import { isMesh } from "../platform/schema/mesh.ts";
import { UserError } from "../platform/user-error.ts";
import { printable } from "../reporting/escape.ts";
import { plural } from "../values/words.ts";
import { checkApproval } from "./bootstrap/approval.ts";
import { bucketReady, ownerBucketReady } from "./bootstrap/buckets.ts";
import { exitCodesOf, oneOfAny, runCommand } from "./command.ts";

export const program = exitCodesOf(new Command("bootstrap"))
  .description(
    "Creates what Terraform needs before it can run: the first APIs, and the buckets of the states. Checks the approval in GitHub or GitLab.",
  )
  .argument("<environment>", "name of the environment")
  .option("--run", "do it; without this the commands are only printed")
  .addHelpText(
    "after",
    [
      "",
      "Checks first, with gcloud as the active account, and lists only what is missing; can be run again at any time.",
      "Where the environment names a delivery, there is a second bucket, for the state of what only an owner applies, and the",
      "state of the delivery stack is moved there from the first one. It also checks that the host of the repository asks somebody else before",
      'a deployment: GitHub with GITHUB_TOKEN (for example from "gh auth token"), GitLab with GITLAB_TOKEN (of a maintainer, with read_api).',
      "What is missing there a person sets; --run does not.",
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
