import { usersOf } from "../analysis/workload/users.ts";
import { type Graph, type Resource, ResourceGraph } from "../graph/index.ts";
import { externalResources } from "../platform/external-resources.ts";
import { platformPlan } from "../platform/plan.ts";
import { type Redact, redactor } from "../reporting/redacted.ts";
import { budgetChanges } from "./budget/budgets.ts";
import type { ReviewContext } from "./context.ts";
import { unusedAcknowledgements } from "./destructive/acknowledged.ts";
import { destructiveChanges, reviewedDestructions } from "./destructive/destructive-changes.ts";
import { reviewFindings } from "./findings.ts";
import { describeChange } from "./impact/index.ts";
import { failedChecks } from "./plan/failed-checks.ts";
import type { PlannedChange } from "./plan/planned-change.ts";
import { providerUpgrade } from "./plan/provider-upgrade.ts";
import { type ReadStack, readStack } from "./plan/read-stack.ts";
import { blockIsWritten } from "./plan/written.ts";
import type { Review, ReviewedChange, ReviewedEnvironment, ReviewInput, StackReview } from "./review.ts";
import { notServingLatest } from "./serving/not-serving-latest.ts";
import { topologyChanges } from "./topology-changes.ts";
import { verdictOf } from "./verdict.ts";

/** A review with what it compares. */
export interface Comparison {
  readonly review: Review;
  /** Everything that exists before and after all plans. */
  readonly before: Graph;
  readonly after: Graph;
  /** Hides in a report what the plans mark as sensitive. */
  readonly redact: Redact;
}

/** Reviews the plans of all stacks together: one stack's service may use another one's database. */
export function reviewPlans(input: ReviewInput): Review {
  return comparePlans(input).review;
}

export function comparePlans({
  environment,
  stacks,
  today,
  rollouts,
  planWarnings = [],
  notPlanned,
}: ReviewInput): Comparison {
  const secrets = new Set<string>();
  const read = stacks.map((stack) => readStack(stack, secrets));
  const context = contextOf(read, environment);
  const destructive = destructiveChanges(context);
  const consequencesOf = new Map(
    destructive.map((each) => [JSON.stringify([each.stack, each.address, each.action]), each.consequences]),
  );
  const reviewed = read.map(
    (stack): StackReview => ({
      name: stack.name,
      failure: stack.failure,
      changes: stack.changes
        .map((change) => reviewedChange(change, context, consequencesOf))
        .filter(({ impact }) => impact.length > 0),
      outputs: stack.outputs,
      unchanged: stack.changes.filter(({ action, deposed }) => action === "none" && deposed === undefined)
        .length,
    }),
  );
  const found = reviewFindings(context, destructive, environment, today);
  const review: Omit<Review, "verdict" | "reasons"> = {
    environment: environment.name,
    planWarnings,
    notPlanned,
    upgrade: providerUpgrade(read.map(({ plan }) => plan)),
    failedChecks: read.flatMap(({ name, plan }) => failedChecks(name, plan)),
    notServingLatest: notServingLatest(environment.name, stacks, rollouts),
    stacks: reviewed,
    destructive: reviewedDestructions(destructive, environment.acknowledgements, today),
    unusedAcknowledgements: unusedAcknowledgements(destructive, environment.acknowledgements, today),
    budgets: budgetChanges(
      context.before,
      context.after,
      "services" in environment ? platformPlan(environment) : undefined,
    ),
    ...found,
    topology: topologyChanges(context.before, context.after),
  };
  const redact = redactor(secrets, addressesOf(context));
  return {
    review: redact({ ...verdictOf(review, context.changes), ...review }),
    before: context.before,
    after: context.after,
    redact,
  };
}

function addressesOf({ before, after, changes }: ReviewContext): string[] {
  return [
    ...[before, after].flatMap((graph) => graph.all().map(({ address }) => address)),
    ...changes.flatMap(({ address, movedFrom = "" }) => [address, movedFrom]),
  ];
}

function reviewedChange(
  change: PlannedChange,
  context: ReviewContext,
  consequencesOf: ReadonlyMap<string, readonly string[]>,
): ReviewedChange {
  const { stack, address, type, action, createBeforeDestroy, importedFrom, movedFrom, deposed, attributes } =
    change;
  const word = action === "replace" || action === "destroy" ? action : "update";
  // A deposed object shares the address with the one that stays.
  const consequences =
    deposed === undefined ? (consequencesOf.get(JSON.stringify([stack, address, word])) ?? []) : [];
  return {
    stack,
    address,
    type,
    action,
    createBeforeDestroy,
    importedFrom,
    movedFrom,
    deposed,
    attributes,
    impact: describeChange(change, context, consequences),
  };
}

function contextOf(stacks: readonly ReadStack[], environment: ReviewedEnvironment): ReviewContext {
  const options = { external: externalResources(environment) };
  const before = new ResourceGraph(
    stacks.map((stack) => stack.before),
    options,
  );
  const after = new ResourceGraph(
    stacks.map((stack) => stack.after),
    options,
  );
  const users = usersOf(before);
  const known = new Map<string, Resource>();
  const plans = new Map(stacks.map((stack) => [stack.name, stack.plan]));
  for (const stack of stacks)
    for (const resource of stack.before.resources)
      known.set(JSON.stringify([stack.name, resource.address]), resource);
  return {
    before,
    after,
    changes: stacks.flatMap((stack) => stack.changes),
    users: ({ stack, address, movedFrom }) => {
      const resource =
        known.get(JSON.stringify([stack, movedFrom ?? address])) ??
        known.get(JSON.stringify([stack, address]));
      return resource === undefined ? [] : (users.get(resource) ?? []);
    },
    writes: (change, block) => {
      const plan = plans.get(change.stack);
      return plan === undefined ? undefined : blockIsWritten(plan, change, block);
    },
  };
}
