import type { PlatformPlan } from "../../platform/plan.ts";
import { rolloutUnits } from "../../platform/workloads/rollout-units.ts";
import type { Settings } from "../../rollout/settings.ts";
import { holder } from "../holder.ts";

/** Milliseconds between two iterations; a shift takes seconds to take effect. */
const INTERVAL = 5_000;
/** Milliseconds until a written split must have taken effect; seconds are usual. */
const EFFECTIVE = 120_000;
/** Milliseconds for an apply or a plan: Terraform's provider gives a service 20 minutes. */
const APPLY = 1_260_000;

/** Settings of the reconcile loop for an environment. */
export function rolloutSettings(
  plan: Pick<
    PlatformPlan,
    "deadlines" | "rollout" | "services" | "region" | "main" | "furtherRegions" | "timeBudget"
  >,
  mode: Settings["mode"],
): Settings {
  const { deadlines, rollout, timeBudget } = plan;
  const ready = timeBudget.readiness * 1000;
  return {
    mode,
    holder: holder(),
    images: Object.fromEntries(rolloutUnits(plan).map(({ name, service }) => [name, service.image])),
    soak: deadlines.soak * 1000,
    lag: rollout.metricLag * 1000,
    inconclusive: rollout.inconclusive * 1000,
    // A run of the watchdog ends after a minute: the next one must not wait for its lease in the middle of a rollback.
    lease: mode === "watchdog" ? 2 * INTERVAL : rollout.lease * 1000,
    // The probe's container starts in the same window as a service's.
    ready,
    gate: ready,
    effective: EFFECTIVE,
    apply: APPLY,
    interval: INTERVAL,
  };
}
