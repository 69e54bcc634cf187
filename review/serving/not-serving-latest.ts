import { type Json, listOf, objectOf, own } from "../../graph/index.ts";

/** The part of the ledger of rollouts that reports show. */
export interface RolloutSummary {
  /** The rollout under way, if any. */
  readonly underWay: string | undefined;
  readonly rolledBack: readonly RolledBack[];
}

export interface RolledBack {
  /** Short name of the revision. */
  readonly revision: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly why: string;
}

/** A service whose declared template is not the one that serves, although a plan of it may be empty. */
export interface NotServingLatest {
  readonly stack: string;
  readonly address: string;
  /** The newest revision, which does not serve. */
  readonly newest: string;
  /** What serves. */
  readonly serving: string;
  /** One sentence: why, and what to do. */
  readonly why: string;
}

/**
 * Services with traffic by name that does not go to the newest revision. After a rollback the traffic is as declared, so
 * that no plan shows it.
 */
export function notServingLatest(
  environment: string,
  stacks: readonly { readonly name: string; readonly plan: unknown }[],
  known: RolloutSummary | undefined,
): NotServingLatest[] {
  return stacks.flatMap(({ name, plan }) =>
    servicesOf(plan).flatMap(({ address, values }) => {
      const serving = servingOf(values);
      const created = shortName(values.latest_created_revision);
      if (serving === undefined || created === undefined || serving === created) return [];
      const why = reason(environment, created, shortName(values.latest_ready_revision) === created, known);
      return [{ stack: name, address, newest: created, serving, why }];
    }),
  );
}

/** "auth-00013-xyz is declared and does not serve, auth-00012-abc does: it was rolled back ..." */
export function notServingText({ newest, serving, why }: NotServingLatest): string {
  return `${newest} is declared but does not serve; ${serving} serves: ${why}`;
}

function reason(
  environment: string,
  newest: string,
  isReady: boolean,
  known: RolloutSummary | undefined,
): string {
  const rollout = `npm run rollout -- ${environment}`;
  const rolledBack = known?.rolledBack.find(({ revision }) => revision === newest);
  if (rolledBack !== undefined)
    return `it was rolled back at ${rolledBack.at} (${rolledBack.why}). It is not rolled out again automatically: fix the cause, or run "${rollout} --again".`;
  if (known?.underWay !== undefined)
    return `a rollout is under way (${known.underWay}); "npm run rollout -- status ${environment}" shows its progress.`;
  if (!isReady)
    return "it never became ready, which a plan does not show: see its log in Cloud Run, then deploy a fixed one.";
  return `no rollout has moved traffic to it: run "${rollout}".`;
}

/** The one revision that gets everything by its name; undefined where the traffic follows the newest, or is divided. */
function servingOf(values: Json): string | undefined {
  const shares = listOf(values.traffic)
    .map(objectOf)
    .filter(({ percent }) => typeof percent === "number" && percent > 0);
  const [only, ...others] = shares;
  return others.length === 0 ? shortName(only?.revision) : undefined;
}

/** Services as they were when the plan was created. */
function servicesOf(plan: unknown): { readonly address: string; readonly values: Json }[] {
  const state = objectOf(own(objectOf(own(objectOf(plan), "prior_state")), "values"));
  return listOf(objectOf(state.root_module).resources)
    .map(objectOf)
    .filter(({ type, mode }) => type === "google_cloud_run_v2_service" && mode !== "data")
    .map(({ address, values }) => ({ address: String(address), values: objectOf(values) }));
}

function shortName(name: unknown): string | undefined {
  return typeof name === "string" && name !== "" ? name.slice(name.lastIndexOf("/") + 1) : undefined;
}
