import { type CloudRunContext, readService } from "../google/services.ts";
import type { PlanParts } from "../platform/plan.ts";
import { UserError } from "../platform/user-error.ts";
import { NO_STABLE, stableVariable } from "../platform/workloads/rollout.ts";
import { rolloutUnits } from "../platform/workloads/rollout-units.ts";
import type { StoredLedger } from "../rollout/client.ts";
import { lastKnownGood } from "../rollout/last-known-good.ts";
import type { Target } from "../rollout/observed.ts";
import type { StackFolder } from "../terraform/stack-folders.ts";
import type { GoogleContext } from "./context.ts";
import { ledgerStore } from "./ledger-store.ts";

/** Milliseconds for one request, retries included. */
const DEADLINE = 60_000;

/** Terraform variables of all services' stacks, and where their values come from. */
export interface StableVariables {
  /** As it was read: the plan is based on it. */
  readonly ledger: StoredLedger;
  /** Revision or "none", by the name of the variable. */
  readonly values: ReadonlyMap<string, string>;
  /** Remarks, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The revision that keeps the traffic of each service in a plan: from the ledger, or the only one that serves.
 *
 * @param output folder of the synthesis, next to which a local ledger is
 * @throws UserError where it is unknown
 */
export async function stableVariables(
  platform: PlanParts<"services" | "state" | "furtherRegions">,
  google: GoogleContext,
  output: string,
): Promise<StableVariables> {
  const ledger = await ledgerStore(platform, { ...google, output }).readLedger();
  const { names } = platform;
  const found = await Promise.all(
    rolloutUnits(platform).map(async ({ name, service, region }) => ({
      name,
      stable: await lastKnownGood(ledger.ledger?.services[name], () =>
        serving({ ...google, region }, names.service(service.name)),
      ),
    })),
  );
  const unclear = found.flatMap(({ name, stable }) =>
    stable.kind === "unclear" ? [`${name}: ${stable.why}`] : [],
  );
  if (unclear.length > 0)
    throw new UserError(
      [
        `The last known good revision of ${unclear.length === 1 ? "a service" : `${unclear.length} services`} of ${platform.name} is unknown, and the newest must not serve because of that:`,
        ...unclear.map((line) => `  ${line}`),
        `Send all traffic to the good revision, then run "npm run rollout -- adopt ${platform.name}".`,
      ].join("\n"),
    );
  return {
    ledger,
    values: new Map(
      found.map(({ name, stable }) => [
        stableVariable(name),
        "revision" in stable ? stable.revision : NO_STABLE,
      ]),
    ),
    notes: found.flatMap(({ name, stable }) =>
      stable.kind === "serving"
        ? [`${name}: not in the ledger yet; ${stable.revision}, which serves now, keeps the traffic.`]
        : [],
    ),
  };
}

/** The stacks with the values of the variables that they have. */
export function withVariables(
  { prefix }: { readonly prefix: string },
  stacks: readonly StackFolder[],
  values: ReadonlyMap<string, string>,
): StackFolder[] {
  const start = `${prefix}-service-`;
  return stacks.map((stack) => {
    if (!stack.name.startsWith(start)) return stack;
    const variable = stableVariable(stack.name.slice(start.length));
    const value = values.get(variable);
    return value === undefined ? stack : { ...stack, variables: { [variable]: value } };
  });
}

/** The effective traffic; null where there is no service, or the API is not enabled yet in a new project. */
async function serving(google: CloudRunContext, service: string): Promise<readonly Target[] | null> {
  try {
    const found = await readService(google, service, AbortSignal.timeout(DEADLINE));
    if (found === undefined) return null;
    return found.trafficStatuses.flatMap(({ revision = found.latestReady, percent = 0 }) =>
      revision === undefined ? [] : [{ revision, percent }],
    );
  } catch (error) {
    if (isNotEnabled(error)) return null;
    throw error;
  }
}

/** Whether Google rejected a request because its API is not enabled, as in a new project. */
export function isNotEnabled(error: unknown): boolean {
  return (
    error instanceof UserError &&
    /has not been used in project|SERVICE_DISABLED|it is disabled/.test(error.message)
  );
}
