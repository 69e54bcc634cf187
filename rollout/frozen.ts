import type { FrozenTemplate, Ledger } from "./ledger.ts";
import { recorded, type Tick } from "./tick.ts";

/** The service's frozen template of this hash, unless the train was told to try again. */
export function frozenTemplate(
  { ledger, train, service }: Tick,
  template: string | undefined,
): FrozenTemplate | undefined {
  if (train.again) return undefined;
  return ledger.services[service]?.frozen.find((frozen) => frozen.template === template);
}

/** The ledger with the template frozen, once; `--again` rolls it out all the same. */
export function freeze(
  ledger: Ledger,
  { service, train, now }: Tick,
  revision: string | null,
  template: string | null,
  why: string,
): Ledger {
  const record = ledger.services[service];
  if (record === undefined || revision === null || template === null) return ledger;
  const others = record.frozen.filter((frozen) => frozen.template !== template);
  return recorded(ledger, service, {
    ...record,
    frozen: [...others, { template, revision, at: now, train: train.id, why }],
  });
}

/** The ledger with the template thawed: it was proven good. */
export function thaw(ledger: Ledger, service: string, template: string | null): Ledger {
  const record = ledger.services[service];
  if (record === undefined) return ledger;
  return recorded(ledger, service, {
    ...record,
    frozen: record.frozen.filter((frozen) => frozen.template !== template),
  });
}
