import path from "node:path";
import process from "node:process";
import { Command } from "commander";
import { deploy } from "../delivery/deployment.ts";
import { inFlightStore } from "../delivery/in-flight/store.ts";
import { orphanedStacks } from "../delivery/orphaned-stacks.ts";
import { isAppliedByHand } from "../platform/delivery/access.ts";
import type { AnyEnvironment } from "../platform/schema/mesh.ts";
import { UserError } from "../platform/user-error.ts";
import { printable, printableLines } from "../reporting/escape.ts";
import type { Redact } from "../reporting/redacted.ts";
import { reviewText } from "../review/report/text.ts";
import type { Review } from "../review/review.ts";
import { comparePlans } from "../review/review-plans.ts";
import { rolloutState } from "../rollout-adapters/rollout-state.ts";
import { withVariables } from "../rollout-adapters/stable-variables.ts";
import { findTerraform } from "../terraform/binary.ts";
import { Interrupt } from "../terraform/interrupt.ts";
import type { StackFolder } from "../terraform/stack-folders.ts";
import { exitCodesOf, oneOfAny, runCommand, today } from "./command.ts";
import { confirmed } from "./deploy/confirm.ts";
import { sleep } from "./google.ts";
import { googleContext } from "./google-context.ts";
import { holder } from "./holder.ts";

interface Options {
  readonly yes?: true;
  readonly approved?: string;
  readonly planOnly?: true;
  readonly output: string;
}

export const program = exitCodesOf(new Command("deploy"))
  .description(
    "Plans every stack of an environment, reviews the plans, and applies exactly those that were reviewed, in order.",
  )
  .argument("<environment>", "name of the environment")
  .option("-y, --yes", "apply without asking, where the review is safe")
  .option("--plan-only", "plan and review, print the fingerprint of the changes, and apply nothing")
  .option(
    "--approved <fingerprint>",
    "apply without asking, and only what has the fingerprint that was approved",
  )
  .option("-o, --output <folder>", "where the Terraform JSON goes", process.env.CDKTF_OUTDIR ?? "cdktf.out")
  .addHelpText(
    "after",
    [
      "",
      "After a failure or an interruption the same command continues: what is left is planned and reviewed again. What was being",
      "created when a machine was lost is named, with the command that takes it over.",
      "A new revision of a service gets no traffic: npm run rollout rolls it out. Refused while a rollout is under way.",
      "Ctrl-C lets Terraform finish what it has started and write its state.",
      "",
      "Exit codes: 0 deployed, 1 refused, failed or stopped, 2 could not be planned or usage error.",
    ].join("\n"),
  )
  .action((name: string, options: Options) => runCommand(() => main(name, options)));

async function main(name: string, options: Options): Promise<number> {
  const { yes, approved, planOnly = false, output } = options;
  if (yes === undefined && approved === undefined && !planOnly && process.stdin.isTTY !== true) {
    throw new UserError(
      "There is no terminal to confirm on: give --yes, or --approved with the fingerprint that --plan-only printed.",
    );
  }
  const terraform = await findTerraform(process.env);
  const environment = await oneOfAny(name);
  // Needs credentials, and is asked before the synth, which takes longer.
  const google = googleContext(environment);
  const rollouts = await rolloutState(environment, google, output);
  if (rollouts.refusal !== undefined && !planOnly) {
    console.error(printableLines(rollouts.refusal));
    return 1;
  }
  for (const note of rollouts.notes) console.log(printable(note));
  const synthesized = await proven(environment, output);
  if (synthesized === undefined) return 1;
  const stacks = withVariables(environment, synthesized, rollouts.values).filter(
    (stack) => !isAppliedByHand(environment, stack.name),
  );
  const interrupt = new Interrupt((children) =>
    console.log(
      children === 0
        ? "Stopping."
        : "Stopping: Terraform finishes what it has started and writes its state. That may take minutes; do not kill it.",
    ),
  );
  // What Terraform writes while it applies names addresses, too.
  let redact: Redact = (line) => line;
  try {
    const isLocal = environment.state === undefined;
    const left = isLocal
      ? orphanedStacks(
          path.dirname(path.resolve(output)),
          `${environment.prefix}-`,
          stacks.map(({ name }) => name),
        )
      : [];
    for (const line of left) console.log(line);
    const code = await deploy({
      environment: name,
      stacks,
      output,
      terraform,
      place: environment,
      interrupt,
      inFlight: { store: inFlightStore(environment.state, { ...google, output }), by: holder(), sleep },
      review: (planned) => {
        const compared = comparePlans({
          environment,
          stacks: planned,
          today: today(),
          rollouts: rollouts.known,
        });
        redact = compared.redact;
        return show(compared.review);
      },
      outdated: rollouts.outdated,
      confirm: async () => yes === true || approved !== undefined || (await confirmed(name)),
      approved,
      planOnly,
      log: (line) => console.log(printableLines(redact(line))),
    });
    if (!planOnly) for (const line of await rollouts.nameCreated()) console.log(printableLines(line));
    return code;
  } finally {
    interrupt.release();
  }
}

/** The stacks as synth has checked them; undefined where it refuses, with the reasons printed. */
async function proven(
  environment: AnyEnvironment,
  output: string,
): Promise<readonly StackFolder[] | undefined> {
  // Loaded here only: cdktf takes longer to load than everything before it.
  const { Refused, synthesizedStacks } = await import("./synth/synthesized.ts");
  try {
    return await synthesizedStacks(environment, output);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    return undefined;
  }
}

function show(review: Review): boolean {
  console.log(["", ...reviewText(review), ""].join("\n"));
  return review.verdict === "safe";
}

// A closed terminal or pipe must not stop a deployment in the middle.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
