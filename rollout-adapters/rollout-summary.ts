import type { RolloutSummary } from "../review/serving/not-serving-latest.ts";
import type { Ledger } from "../rollout/ledger.ts";

/** What reports show of the ledger. */
export function rolloutSummary(ledger: Ledger | null): RolloutSummary {
  const records = Object.values(ledger?.services ?? {});
  return {
    underWay: underWay(ledger),
    rolledBack: records.flatMap(({ blocked }) =>
      blocked.map(({ revision, at, why }) => ({ revision, at: new Date(at).toISOString(), why })),
    ),
  };
}

/** "20261121-1344-ab12 since 2026-11-21T13:44:00.000Z, by ci-17"; undefined without a rollout under way. */
export function underWay(ledger: Ledger | null): string | undefined {
  const rollout = ledger?.rollout;
  if (rollout === undefined || rollout.outcome !== undefined) return undefined;
  const holder = rollout.lease === null ? "" : `, by ${rollout.lease.holder}`;
  return `${rollout.id} since ${new Date(rollout.startedAt).toISOString()}${holder}`;
}

/** Why nothing may be applied now; undefined where an apply is allowed. */
export function applyRefusal(environment: string, ledger: Ledger | null): string | undefined {
  const found = underWay(ledger);
  if (found === undefined) return undefined;
  return `Refused: a rollout of ${environment} is under way (${found}). An apply would roll it back to stable: wait for its end, or run "npm run rollout -- resume|abort ${environment}" where its process has died.`;
}
