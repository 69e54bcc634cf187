import { randomBytes } from "node:crypto";
import os from "node:os";
import process from "node:process";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import type { Settings } from "../../rollout/settings.ts";

/** Milliseconds between two looks; a shift takes seconds to be in force. */
const INTERVAL = 5_000;
/** Milliseconds until a split that was written must be in force; seconds are usual. */
const EFFECTIVE = 120_000;
/** Milliseconds for an apply or a plan: Terraform's provider gives a service 20 minutes. */
const APPLY = 1_260_000;

/** How an environment's rollouts decide, in milliseconds as the loop wants them. */
export function rolloutSettings(environment: Environment, mode: Settings["mode"]): Settings {
  const { deadlines, rollout, services } = environment;
  const ready = platformPlan(environment).timeBudget.readiness * 1000;
  return {
    mode,
    holder: holder(),
    images: Object.fromEntries(services.map(({ name, image }) => [name, image])),
    soak: deadlines.soak * 1000,
    lag: rollout.metricLag * 1000,
    inconclusive: rollout.inconclusive * 1000,
    // A look of the watchdog ends after a minute: the next one must not wait for it in the middle of a rollback.
    lease: mode === "watchdog" ? 2 * INTERVAL : rollout.lease * 1000,
    // The probe's container starts in the same window as a service's.
    ready,
    gate: ready,
    effective: EFFECTIVE,
    apply: APPLY,
    interval: INTERVAL,
  };
}

/** Who rolls out, for people and for the lease: the run in CI or the machine, and a number that no other process has. */
function holder(env: NodeJS.ProcessEnv = process.env): string {
  const unique = randomBytes(4).toString("hex");
  if (env.GITHUB_RUN_ID) return `github-run-${env.GITHUB_RUN_ID}-${unique}`;
  if (env.CLOUD_RUN_EXECUTION) return `${env.CLOUD_RUN_EXECUTION}-${unique}`;
  return `${os.hostname()}-${process.pid}-${unique}`;
}
