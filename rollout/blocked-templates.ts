import { type ReconcileContext, withRecord } from "./decision.ts";
import type { BlockedTemplate, Ledger } from "./ledger.ts";

/** The service's blocklisted template with this hash; undefined where the rollout has `--again`. */
export function blockedTemplate(
  { ledger, rollout, service }: ReconcileContext,
  template: string | undefined,
): BlockedTemplate | undefined {
  if (rollout.again) return undefined;
  return ledger.services[service]?.blocked.find((blocked) => blocked.template === template);
}

/** The ledger with the template blocklisted; `--again` overrides it. */
export function block(
  ledger: Ledger,
  { service, rollout, now }: ReconcileContext,
  revision: string | null,
  template: string | null,
  why: string,
): Ledger {
  const record = ledger.services[service];
  if (record === undefined || revision === null || template === null) return ledger;
  const others = record.blocked.filter((blocked) => blocked.template !== template);
  return withRecord(ledger, service, {
    ...record,
    blocked: [...others, { template, revision, at: now, rollout: rollout.id, why }],
  });
}

/** The ledger with the template off the blocklist: it passed every step. */
export function unblock(ledger: Ledger, service: string, template: string | null): Ledger {
  const record = ledger.services[service];
  if (record === undefined) return ledger;
  return withRecord(ledger, service, {
    ...record,
    blocked: record.blocked.filter((blocked) => blocked.template !== template),
  });
}
