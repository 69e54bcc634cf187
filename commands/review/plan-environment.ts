import { existsSync, realpathSync } from "node:fs";
import process from "node:process";
import type { AnyEnvironment } from "../../platform/schema/mesh.ts";
import { UserError } from "../../platform/user-error.ts";
import type { PlannedStack } from "../../review/review.ts";
import type { RolloutSummary } from "../../review/serving/not-serving-latest.ts";

export interface PlannedEnvironment {
  readonly environment: AnyEnvironment;
  readonly stacks: readonly PlannedStack[];
  /** None: the plans are fresh. */
  readonly planWarnings: readonly string[];
  /** Which stacks were not planned, and why. */
  readonly notPlanned?: string | undefined;
  /** True where a stack could not be planned. */
  readonly hasFailed: boolean;
  /** State of rollouts; undefined where it was not read. */
  readonly rollouts?: RolloutSummary | undefined;
}

/**
 * Synthesizes the environment and plans every stack with the Terraform on the PATH.
 *
 * @param log progress messages
 * @param base output folder of a base: only stacks that differ from it, and those after them, are planned @default all are
 * @returns undefined where the rules refuse the environment; the reasons are logged
 * @throws UserError where the environment's file is invalid, or there is no Terraform
 */
export async function planEnvironment(
  name: string,
  log: (line: string) => void,
  base?: string,
): Promise<PlannedEnvironment | undefined> {
  // Loaded here only: a review of given plans needs neither cdktf nor Terraform.
  const { rolloutState } = await import("../../rollout-adapters/rollout-state.ts");
  const { withVariables } = await import("../../rollout-adapters/stable-variables.ts");
  const { googleContext } = await import("../google-context.ts");
  const { findTerraform } = await import("../../terraform/binary.ts");
  const { Interrupt } = await import("../../terraform/interrupt.ts");
  const { changedStacks } = await import("../../terraform/changed-stacks.ts");
  const { planStacks, withPlanFolder } = await import("../../terraform/plan-stacks.ts");
  const { oneOfAny } = await import("../command.ts");
  const { Refused, synthesizedStacks } = await import("../synth/synthesized.ts");
  const terraform = await findTerraform(process.env);
  const output = process.env.CDKTF_OUTDIR ?? "cdktf.out";
  if (base !== undefined && isSameFolder(base, output))
    throw new UserError(
      `${base} is where this review synthesizes: give the base a folder of its own (npm start -- --output base.out).`,
    );
  const environment = await oneOfAny(name);
  // Needs credentials, and is asked before the synth, which takes longer.
  const { values, notes, known } = await rolloutState(environment, googleContext(environment), output);
  for (const note of notes) log(note);
  const synthesized = await synthesizedStacks(environment, output).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    log(error.message);
    return undefined;
  });
  if (synthesized === undefined) return undefined;
  const { changed, unchanged } =
    base === undefined ? { changed: synthesized, unchanged: [] } : changedStacks(synthesized, base);
  const stacks = withVariables(environment, changed, values);
  const interrupt = new Interrupt(() => log("Stopping."));
  try {
    return await withPlanFolder(async (work) => {
      const { planned, failed } = await planStacks(terraform, stacks, {
        work,
        interrupt,
        progress: ({ stack, step }) => log(`${stack}: ${step}`),
      });
      return {
        environment,
        rollouts: known,
        planWarnings: [],
        notPlanned: unchanged.length === 0 ? undefined : notPlanned(unchanged.map(({ name }) => name)),
        hasFailed: failed.length > 0,
        stacks: stacks.map((stack): PlannedStack => {
          const plan = planned.find((each) => each.name === stack.name)?.plan;
          const failure = failed.find((each) => each.stack === stack.name)?.sentence;
          return failure === undefined ? { name: stack.name, plan } : { name: stack.name, plan, failure };
        }),
      };
    });
  } finally {
    interrupt.release();
  }
}

function isSameFolder(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other);
}

const notPlanned = (names: readonly string[]): string =>
  `Not planned: ${names.join(", ")}, because neither their Terraform nor that of a stack they come after differs from the base. What is not deployed yet there, or was changed outside the code, is not seen.`;
