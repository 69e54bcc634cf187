import { listOf, objectOf } from "../graph/index.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { NO_STABLE, stableVariable } from "../platform/workloads/rollout.ts";
import type { Review, ReviewedEnvironment } from "../review/review.ts";
import { reviewPlans } from "../review/review-plans.ts";
import type { ApplyResult, ProofResult } from "../rollout/action-result.ts";
import { applyStack, type CreationRecord } from "../terraform/apply-stack.ts";
import type { Terraform } from "../terraform/binary.ts";
import type { Interrupt } from "../terraform/interrupt.ts";
import { type PlannedStack, planStacks } from "../terraform/plan-stacks.ts";
import type { StackFolder } from "../terraform/stack-folders.ts";
import type { TerraformGateway } from "./gateway.ts";

export interface TerraformGatewayOptions {
  readonly platform: ReviewedEnvironment & Pick<PlatformPlan, "names">;
  /** As they were synthesized when the rollout started: later edits have no effect. */
  readonly stacks: readonly StackFolder[];
  readonly terraform: Terraform;
  /** Folder for plans, which hold secrets. */
  readonly work: string;
  readonly interrupt: Interrupt;
  /** YYYY-MM-DD */
  readonly today: () => string;
  readonly log: (line: string) => void;
  /** The record of what an apply of this plan creates. */
  readonly recordOf: (stack: PlannedStack) => Promise<CreationRecord>;
}

/** Terraform on the stack of one service: what a rollout plans, applies and proves. */
export function terraformGateway(options: TerraformGatewayOptions): TerraformGateway {
  const { platform, terraform, work, interrupt, log } = options;
  const plan = (service: string, stable: string | null) => planService(options, service, stable);
  return {
    changes: async (service, stable) => changesTemplate((await plan(service, stable)).plan),
    apply: async ({ service, stable }): Promise<ApplyResult> => {
      const about = { kind: "apply", service } as const;
      const planned = await plan(service, stable);
      if (planned.isEmpty) return { ...about, outcome: "no changes", why: "the plan is empty" };
      const review = reviewPlans({ environment: platform, stacks: [planned], today: options.today() });
      if (review.verdict !== "safe") return { ...about, outcome: "failed", why: refusal(review) };
      const record = await options.recordOf(planned);
      const failure = await applyStack(terraform, planned, { work, interrupt, log, record });
      if (failure !== undefined) return { ...about, outcome: "failed", why: failure.sentence };
      return { ...about, outcome: "applied", why: "applied, without traffic" };
    },
    prove: async ({ service, stable }): Promise<ProofResult> => {
      const about = { kind: "proof", service } as const;
      const planned = await plan(service, stable);
      if (planned.isEmpty) return { ...about, plan: "empty", why: "the plan is empty" };
      return { ...about, plan: "changes", why: `the plan changes ${changed(planned.plan).join(", ")}` };
    },
  };
}

function refusal({ reasons, destructive, environment }: Review): string {
  const consequences = destructive.flatMap(({ acknowledgement, consequences }) =>
    acknowledgement === undefined ? consequences : [],
  );
  return [...reasons, ...consequences, `"npm run review -- ${environment}" lists all of it.`].join(" ");
}

/** @throws UserError where the plan fails */
async function planService(
  { platform, stacks, terraform, work, interrupt }: TerraformGatewayOptions,
  service: string,
  stable: string | null,
): Promise<PlannedStack> {
  const name = platform.names.stack(`service-${service}`);
  const stack = stacks.find((one) => one.name === name);
  if (stack === undefined) throw new UserError(`${platform.name} has no stack ${name}.`);
  const variables = { [stableVariable(service)]: stable ?? NO_STABLE };
  const { planned, failed } = await planStacks(terraform, [{ ...stack, variables }], {
    work,
    interrupt,
    lock: true,
  });
  const [found] = planned;
  if (found !== undefined) return found;
  throw new UserError(failed.map(({ sentence }) => sentence).join(" ") || `${name} could not be planned.`);
}

/** Whether Cloud Run will create a revision: the service is new, or its template changes. */
export function changesTemplate(plan: unknown): boolean {
  return listOf(objectOf(plan).resource_changes)
    .map(objectOf)
    .filter(({ type }) => type === "google_cloud_run_v2_service")
    .some(({ change }) => {
      const { actions, before, after, after_unknown } = objectOf(change);
      const does = listOf(actions).join();
      if (does === "no-op" || does === "read" || does === "delete") return false;
      if (does !== "update") return true;
      const [was, will] = [before, after].map((values) => JSON.stringify(objectOf(values).template));
      return was !== will || holdsTrue(objectOf(after_unknown).template);
    });
}

/** Whether something in it is unknown until apply. */
function holdsTrue(value: unknown): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return value.some(holdsTrue);
  return Object.values(objectOf(value)).some(holdsTrue);
}

function changed(plan: unknown): string[] {
  return listOf(objectOf(plan).resource_changes)
    .map(objectOf)
    .filter(({ change }) => listOf(objectOf(change).actions).join() !== "no-op")
    .map(({ address }) => String(address));
}
