import { type Json, listOf, objectOf, own, stringsOf } from "../../graph/index.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { masked } from "../../reporting/mask.ts";
import { redacted } from "../../reporting/redacted.ts";
import type { Finding } from "../../rules/rule.ts";
import { differences } from "../plan/differences.ts";
import { FirstReads, withoutIndexes } from "../plan/first-reads.ts";
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
  readonly environment: ReviewedEnvironment | Environment;
  readonly stacks: readonly CheckedStack[];
  readonly failed: DriftReport["failed"];
  /** What the ledger of rollouts says. @default nothing is known */
  readonly rollouts?: RolloutSummary | undefined;
  /** YYYY-MM-DD, against which waivers expire. */
  readonly today: string;
}

/** True where a refresh-only plan shows more than computed fields: then a plan of a deployment is useful. */
export function hasDrift(name: string, refreshed: unknown): boolean {
  return driftsOf({ name, refreshed }).some(isChange);
}

/** A resource that is gone, or of which more differs than what a newer provider has read for the first time. */
function isChange({ isDeleted, attributes }: Pick<Difference, "isDeleted" | "attributes">): boolean {
  return isDeleted || attributes.some(({ isFirstRead }) => !isFirstRead);
}

/**
 * What was changed outside the code. A difference that a deployment would leave alone is drift only if it breaks a rule: it
 * could not be reverted, and would be reported every day.
 */
export function findDrift({ environment, stacks, failed, rollouts, today }: DriftInput): DriftReport {
  const refreshed = stacks.map(({ name, refreshed }) => ({ name, plan: objectOf(refreshed) }));
  const rules = new BrokenRules(refreshed, environment, today);
  const found = stacks.flatMap((stack) => driftsOf(stack, environment));
  const firstReads = found.filter((drift) => !isChange(drift));
  // After an upgrade of the provider these are many: one by one only where all of them together break a rule.
  const breaking = rules.by((...of) => firstReads.some(isAt(...of))).length > 0 ? firstReads : [];
  const all = [...found.filter(isChange), ...breaking].map((drift) => {
    const breaks = rules.by((...of) => isAt(...of)(drift));
    const attributes = isChange(drift)
      ? drift.attributes.filter(({ isFirstRead }) => !isFirstRead)
      : drift.attributes;
    const shown = { ...drift, attributes };
    return { ...shown, breaks, remedies: remedies(shown, breaks, environment.name) };
  });
  const isDrift = (drift: Drift): boolean =>
    drift.breaks.length > 0 || (isChange(drift) && (drift.isDeleted || drift.putBack !== "none"));
  const alone = new Set(all.flatMap(({ breaks }) => breaks.map(identity)));
  const report: DriftReport = {
    environment: environment.name,
    drifted: all.filter(isDrift),
    notServingLatest: notServingLatest(environment.name, refreshed, rollouts),
    noticed: all.filter((drift) => !isDrift(drift) && isChange(drift)),
    firstReads: counted(found),
    breaksTogether:
      found.length < 2 ? [] : rules.by(() => true).filter((finding) => !alone.has(identity(finding))),
    failed,
    withoutState: refreshed.filter(({ plan }) => !hasState(plan)).map(({ name }) => name),
  };
  const addresses = stacks.flatMap(({ refreshed }) =>
    listOf(own(objectOf(refreshed), "resource_drift")).map((item) => String(objectOf(item).address)),
  );
  return redacted(report, secretsOf(stacks), addresses);
}

function isAt(stack: string, address: string): (drift: Difference) => boolean {
  return (drift) => drift.stack === stack && drift.address === address;
}

/** The attributes that were read for the first time, those of most resources first. */
function counted(found: readonly Difference[]): DriftReport["firstReads"] {
  const counts = new Map<string, number>();
  for (const { attributes } of found)
    for (const name of new Set(
      attributes.flatMap(({ path, isFirstRead }) => (isFirstRead ? [withoutIndexes(path)] : [])),
    ))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([attribute, resources]) => ({ attribute, resources }))
    .sort((a, b) => b.resources - a.resources || (a.attribute < b.attribute ? -1 : 1));
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

/** @param environment whose settings are named. @default none are */
function driftsOf(
  { name, refreshed, plan }: CheckedStack,
  environment?: DriftInput["environment"],
): Difference[] {
  const firstReads = new FirstReads(objectOf(refreshed));
  return listOf(own(objectOf(refreshed), "resource_drift")).flatMap((item) => {
    const { address, type, mode, deposed, change } = objectOf(item);
    if (typeof address !== "string" || typeof type !== "string" || mode === "data") return [];
    if (deposed !== undefined) return [];
    const isDeleted = stringsOf(own(objectOf(change), "actions")).includes("delete");
    const attributes = isDeleted
      ? []
      : withoutNoise(differences(rawChange(objectOf(change)))).map((attribute) => ({
          path: attribute.path,
          before: attribute.before,
          after: attribute.after,
          statedBy:
            environment && statedBy(environment, { stack: name, type, attribute: attribute.path, address }),
          isFirstRead: firstReads.has(objectOf(item), attribute),
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
