import { type Json, listOf, objectOf, own } from "../../graph/index.ts";

/** What the ledger of rollouts says, as far as a report tells it. */
export interface RolloutSummary {
  /** Who rolls out now; undefined where nobody does. */
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
  return `${newest} is what is declared and does not serve; ${serving} does: ${why}`;
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
    return `it was rolled back at ${rolledBack.at} (${rolledBack.why}). It is not rolled out again by itself: mend the cause, or "${rollout} --again".`;
  if (known?.underWay !== undefined)
    return `a rollout is under way (${known.underWay}); "npm run rollout -- status ${environment}" says how far it is.`;
  if (!isReady)
    return "it never became ready, which a plan does not show: its log in Cloud Run says why. Deploy a mended one.";
  return `no rollout has brought it out: "${rollout}".`;
}

/** The one revision that gets everything by its name; undefined where the traffic follows the newest, or is divided. */
function servingOf(values: Json): string | undefined {
  const shares = listOf(values.traffic)
    .map(objectOf)
    .filter(({ percent }) => typeof percent === "number" && percent > 0);
  const [only, ...others] = shares;
  return others.length === 0 ? shortName(only?.revision) : undefined;
}

/** Services as they were read when the plan was made. */
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
