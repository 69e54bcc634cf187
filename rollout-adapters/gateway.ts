import { UserError } from "../platform/user-error.ts";
import type { LedgerStore, RolloutClient } from "../rollout/client.ts";
import type { Ledger } from "../rollout/ledger.ts";
import type { GatewayContext } from "./context.ts";
import { observe, type Seen } from "./observe.ts";
import { placeOf } from "./place.ts";
import { gate } from "./promotion-gate.ts";
import { rollbackIssues } from "./rollback-preconditions.ts";
import { shift } from "./shift.ts";
import { measure } from "./soak.ts";
import type { Watches } from "./watch.ts";

/** The part of a rollout that Terraform does. */
export interface TerraformGateway extends Pick<RolloutClient, "apply" | "prove"> {
  /** Whether a plan with this `stable` changes the template of the service. */
  changes(service: string, stable: string | null): Promise<boolean>;
}

export interface GatewayOptions extends GatewayContext {
  readonly ledger: LedgerStore;
  /** Seconds of a soak. */
  readonly soak: number;
  /** Without it, as in the watchdog, nothing is applied or planned, and no probe starts. */
  readonly terraform?: TerraformGateway;
}

/** The client of a rollout on Cloud Run, with or without Terraform. */
export function cloudRunGateway(options: GatewayOptions): RolloutClient {
  const { ledger, terraform, soak } = options;
  const seen = new Map<string, Seen>();
  const watches: Watches = { running: new Map(), gates: new Map() };
  let named: Record<string, string[]> = {};
  /** The context of a service in its region, and an action with its name there. */
  const there = <Action extends { readonly service: string }>(action: Action) => {
    const { platform, google, service } = placeOf(options, action.service);
    return { context: { platform, google, signal: options.signal }, action: { ...action, service } };
  };
  const see = async (service: string): Promise<Seen | null> => {
    const { context, action } = there({ service });
    const found = await observe(context, action.service, named[service] ?? []);
    return found === null ? null : { ...found, observed: { ...found.observed, service } };
  };
  const look = async (service: string): Promise<Seen> => {
    const found = seen.get(service) ?? (await see(service));
    if (found === null) throw new UserError(`Service ${service} does not exist any more.`);
    return found;
  };
  const withTerraform = (): TerraformGateway => {
    if (terraform !== undefined) return terraform;
    throw new UserError("The rollback watchdog applies nothing.");
  };
  return {
    readLedger: async () => {
      const stored = await ledger.readLedger();
      named = revisionsOf(stored.ledger);
      return stored;
    },
    writeLedger: (next, generation) => {
      named = revisionsOf(next);
      return ledger.writeLedger(next, generation);
    },
    observe: async (service) => {
      const found = await see(service);
      if (found === null) seen.delete(service);
      else seen.set(service, found);
      return found?.observed ?? null;
    },
    check: async ({ service, stable }) => {
      const { context, action } = there({ service });
      return {
        kind: "check",
        service,
        problems: stable === null ? [] : await rollbackIssues(context, action.service, stable),
        changes: await withTerraform().changes(service, stable),
      };
    },
    apply: (action) => withTerraform().apply(action),
    prove: (action) => withTerraform().prove(action),
    gate: async (asked) => {
      const { context, action } = there(asked);
      const result = await gate(context, (await look(asked.service)).raw, action);
      return { ...result, service: asked.service };
    },
    shift: async (write) => shift(there(write).context, await look(write.service), write),
    measure: async (asked) => {
      const { context, action } = there(asked);
      const result = await measure(context, (await look(asked.service)).raw, action, {
        watches,
        soak,
        watching: terraform !== undefined,
      });
      return { ...result, service: asked.service };
    },
  };
}

/** Revisions that the ledger names, by service. */
function revisionsOf(ledger: Ledger | null): Record<string, string[]> {
  if (ledger === null) return {};
  const names = new Set([...Object.keys(ledger.services), ...Object.keys(ledger.rollout?.services ?? {})]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [record, progress] = [ledger.services[name], ledger.rollout?.services[name]];
      const found = [record?.stable, record?.previous?.revision, progress?.from, progress?.candidate];
      return [name, found.flatMap((revision) => revision ?? [])];
    }),
  );
}
