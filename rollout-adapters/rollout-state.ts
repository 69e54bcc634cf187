import { platformPlan } from "../platform/plan.ts";
import { type AnyEnvironment, isMesh } from "../platform/schema/mesh.ts";
import { NO_STABLE } from "../platform/workloads/rollout.ts";
import type { RolloutSummary } from "../review/serving/not-serving-latest.ts";
import type { GoogleContext } from "./context.ts";
import { nameFirstRevisions } from "./first-revisions.ts";
import { gatewayWithoutTerraform } from "./observe-services.ts";
import { applyRefusal, rolloutSummary } from "./rollout-summary.ts";
import { stableVariables } from "./stable-variables.ts";

/** Milliseconds to name the revisions of all services. */
const DEADLINE = 60_000;

/** State of rollouts that a deployment depends on. */
export interface RolloutState {
  readonly known: RolloutSummary;
  /** Values of the services' variables. */
  readonly values: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
  /** Why nothing may be applied now; undefined where an apply is allowed. */
  readonly refusal: string | undefined;
  /** Why a plan made with these values may not be applied any more; reads the ledger again. */
  readonly outdated: () => Promise<string | undefined>;
  /** After an apply: names the revisions of services that it has created. @returns one sentence for each */
  readonly nameCreated: () => Promise<readonly string[]>;
}

/** @throws UserError where the last known good revision of a service is unknown */
export async function rolloutState(
  environment: AnyEnvironment,
  google: GoogleContext,
  output: string,
): Promise<RolloutState> {
  if (isMesh(environment)) return NOTHING;
  const platform = platformPlan(environment);
  const { ledger, values, notes } = await stableVariables(platform, google, output);
  return {
    known: rolloutSummary(ledger.ledger),
    values,
    notes,
    refusal: applyRefusal(environment.name, ledger.ledger),
    outdated: async () => {
      const now = await stableVariables(platform, google, output);
      const refusal = applyRefusal(environment.name, now.ledger.ledger);
      if (refusal !== undefined) return refusal;
      // The deployment itself may have created a service since, which no longer has the value none.
      const other = [...now.values].find(
        ([name, value]) => values.get(name) !== NO_STABLE && values.get(name) !== value,
      );
      if (other === undefined) return undefined;
      return `Stopped: the plan was made for ${other[0]} = ${values.get(other[0])}, and it is ${other[1]} now: the plan would roll the service back. Run the same command again: it plans and reviews again.`;
    },
    nameCreated: () => {
      const client = gatewayWithoutTerraform(platform, google, output, AbortSignal.timeout(DEADLINE));
      return nameFirstRevisions(client, platform, values);
    },
  };
}

/** This project rolls out nothing behind Istio. */
const NOTHING: RolloutState = {
  known: rolloutSummary(null),
  values: new Map(),
  notes: [],
  refusal: undefined,
  outdated: async () => undefined,
  nameCreated: async () => [],
};
