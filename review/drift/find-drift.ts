import { type Json, listOf, objectOf, own, stringsOf } from "../../graph/index.ts";
import { masked } from "../../reporting/mask.ts";
import { redacted } from "../../reporting/redacted.ts";
import type { Finding } from "../../rules/rule.ts";
import { differences } from "../plan/differences.ts";
import { rawChange } from "../plan/planned-change.ts";
import { secretsOfPlan } from "../plan/secrets-of-plan.ts";
import type { ReviewedEnvironment } from "../review.ts";
import { notServingLatest, type RolloutSummary } from "../serving/not-serving-latest.ts";
import { BrokenRules } from "./broken-rules.ts";
import { statedBy } from "./environment-keys.ts";
import { remedies } from "./remedies.ts";
import type { Difference, Drift, DriftReport, PutBack } from "./report.ts";
import { withoutNoise } from "./without-noise.ts";

export interface CheckedStack {
  /** Name of the stack. */
  readonly name: string;
  /** The refresh-only plan, as `terraform show -json` prints it. */
  readonly refreshed: unknown;
  /** The plan of a deployment, which shows what would be reverted. */
  readonly plan?: unknown;
}

export interface DriftInput {
  readonly environment: ReviewedEnvironment;
  readonly stacks: readonly CheckedStack[];
  readonly failed: DriftReport["failed"];
  /** What the ledger of rollouts says. @default nothing is known */
  readonly rollouts?: RolloutSummary | undefined;
  /** YYYY-MM-DD, against which waivers expire. */
  readonly today: string;
}

/** True where a refresh-only plan shows more than computed fields: then a plan of a deployment is useful. */
export function hasDrift(name: string, refreshed: unknown): boolean {
  return driftsOf({ name, refreshed }).length > 0;
}

/**
 * What was changed outside the code. A difference that a deployment would leave alone is drift only if it breaks a rule: it
 * could not be reverted, and would be reported every day.
 */
export function findDrift({ environment, stacks, failed, rollouts, today }: DriftInput): DriftReport {
  const refreshed = stacks.map(({ name, refreshed }) => ({ name, plan: objectOf(refreshed) }));
  const rules = new BrokenRules(refreshed, environment, today);
  const all = stacks.flatMap(driftsOf).map((drift) => {
    const breaks = rules.by((stack, address) => stack === drift.stack && address === drift.address);
    return { ...drift, breaks, remedies: remedies(drift, breaks, environment.name) };
  });
  const isDrift = ({ putBack, breaks, isDeleted }: Drift): boolean =>
    putBack !== "none" || isDeleted || breaks.length > 0;
  const alone = new Set(all.flatMap(({ breaks }) => breaks.map(identity)));
  const report: DriftReport = {
    environment: environment.name,
    drifted: all.filter(isDrift),
    notServingLatest: notServingLatest(environment.name, refreshed, rollouts),
    noticed: all.filter((drift) => !isDrift(drift)),
    breaksTogether:
      all.length < 2 ? [] : rules.by(() => true).filter((finding) => !alone.has(identity(finding))),
    failed,
    withoutState: refreshed.filter(({ plan }) => !hasState(plan)).map(({ name }) => name),
  };
  return redacted(report, secretsOf(stacks));
}

/** Every text of what drifted that may not be seen. */
function secretsOf(stacks: readonly CheckedStack[]): Set<string> {
  const secrets = new Set<string>();
  for (const { refreshed } of stacks) {
    secretsOfPlan(objectOf(refreshed), secrets);
    for (const item of listOf(own(objectOf(refreshed), "resource_drift"))) {
      const { before, after, beforeSensitive, afterSensitive } = rawChange(objectOf(objectOf(item).change));
      masked(before, beforeSensitive, secrets);
      masked(after, afterSensitive, secrets);
    }
  }
  return secrets;
}

/** The same rule at the same resource says other numbers where several drifts add up. */
function identity({ rule, address }: Finding): string {
  return JSON.stringify([rule, address]);
}

function driftsOf({ name, refreshed, plan }: CheckedStack): Difference[] {
  return listOf(own(objectOf(refreshed), "resource_drift")).flatMap((item) => {
    const { address, type, mode, deposed, change } = objectOf(item);
    if (typeof address !== "string" || typeof type !== "string" || mode === "data") return [];
    if (deposed !== undefined) return [];
    const isDeleted = stringsOf(own(objectOf(change), "actions")).includes("delete");
    const attributes = isDeleted
      ? []
      : withoutNoise(differences(rawChange(objectOf(change)))).map(({ path, before, after }) => ({
          path,
          before,
          after,
          statedBy: statedBy(name, type, path),
        }));
    if (!isDeleted && attributes.length === 0) return [];
    return { stack: name, address, type, isDeleted, attributes, putBack: putBack(address, plan) };
  });
}

const PUT_BACK: Readonly<Record<string, PutBack>> = {
  "no-op": "none",
  update: "update",
  create: "create",
  "delete,create": "replace",
  "create,delete": "replace",
};

function putBack(address: string, plan: unknown): PutBack {
  if (plan === undefined) return "unknown";
  const planned = listOf(own(objectOf(plan), "resource_changes"))
    .map(objectOf)
    .find((resource) => resource.address === address && resource.deposed === undefined);
  if (planned === undefined) return "unknown";
  return PUT_BACK[stringsOf(own(objectOf(planned.change), "actions")).join()] ?? "unknown";
}

function hasState(plan: Json): boolean {
  const values = objectOf(own(objectOf(own(plan, "prior_state")), "values"));
  return (
    Object.keys(objectOf(values.root_module)).length > 0 || listOf(own(plan, "resource_drift")).length > 0
  );
}
