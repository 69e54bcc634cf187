import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Command } from "commander";
import { gcloud } from "../delivery/bootstrap/gcloud.ts";
import {
  apiSteps,
  createStep,
  LIFECYCLE,
  LIFECYCLE_FILE,
  type Place,
  type Step,
  settingSteps,
} from "../delivery/bootstrap/steps.ts";
import { plural } from "../platform/plural.ts";
import { UserError } from "../platform/user-error.ts";
import { exitCodesOf, oneOfAny, runCommand } from "./command.ts";

export const program = exitCodesOf(new Command("bootstrap"))
  .description("Creates what Terraform needs before it can run: the first APIs, and the bucket of the state.")
  .argument("<environment>", "name of the environment")
  .option("--run", "do it; without this the commands are only printed")
  .addHelpText(
    "after",
    [
      "",
      "Checks first, with gcloud as the active account, and lists only what is missing; can be run again at any time.",
      "",
      "Exit codes: 0 nothing is missing, 1 something is missing and --run was not given, 2 could not check or usage error.",
    ].join("\n"),
  )
  .action((name: string, { run }: { readonly run?: true }) => runCommand(() => main(name, run === true)));

async function main(name: string, run: boolean): Promise<number> {
  const { project, region, state } = await oneOfAny(name);
  if (state === undefined) {
    throw new UserError(
      `environments/${name}.ts names no state.bucket, so its state is in local files: write for example state: { bucket: "${project}-terraform-state" }.`,
    );
  }
  const place = { project, region, bucket: state.bucket };
  const folder = mkdtempSync(path.join(os.tmpdir(), "bootstrap-"));
  try {
    const lifecycle = path.join(folder, "lifecycle.json");
    writeFileSync(lifecycle, JSON.stringify(LIFECYCLE));
    const enabled = gcloud([
      "services",
      "list",
      "--enabled",
      `--project=${project}`,
      "--format=value(config.name)",
    ]).out;
    const apis = apiSteps(project, enabled.split(/\s+/));
    let count = perform(apis, run, lifecycle);
    let found = describe(place);
    if (found === undefined) {
      count += perform([createStep(place)], run, lifecycle);
      // Settings of an existing bucket are read; those of a new one follow from the command that creates it.
      found = run ? describe(place) : FRESH;
    }
    count += perform(settingSteps(place, found), run, lifecycle);
    if (count === 0) console.log(`Nothing is missing: ${place.bucket} can hold the state of ${name}.`);
    else if (run) console.log(`Done: ${plural(count, "step")}.`);
    else console.log(`\n${plural(count, "step")} missing. Do them with: npm run bootstrap -- ${name} --run`);
    return count === 0 || run ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Settings that the command to create the bucket leaves to the other steps. */
const FRESH = {
  iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: "enforced" },
  softDeletePolicy: { retentionDurationSeconds: "2592000" },
};

function describe({ bucket }: Place): unknown {
  const { isFound, out } = gcloud([
    "storage",
    "buckets",
    "describe",
    `gs://${bucket}`,
    "--raw",
    "--format=json",
  ]);
  return isFound ? JSON.parse(out) : undefined;
}

function perform(steps: readonly Step[], run: boolean, lifecycle: string): number {
  for (const { why, args } of steps) {
    console.log(`${run ? "" : "missing: "}${why}`);
    const shown = run ? args.map((arg) => arg.replace(LIFECYCLE_FILE, lifecycle)) : args;
    const holds = args.some((arg) => arg.includes(LIFECYCLE_FILE))
      ? `   # the file holds ${JSON.stringify(LIFECYCLE)}`
      : "";
    console.log(`  gcloud ${shown.join(" ")}${holds}`);
    if (run && !gcloud(shown).isFound) throw new UserError(`gcloud ${shown.join(" ")}: not found.`);
  }
  return steps.length;
}
