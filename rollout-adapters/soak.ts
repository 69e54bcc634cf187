import type { Get } from "../google/monitoring.ts";
import { resultsOf, type ToldResult } from "../google/preflight-results.ts";
import { revisionMetrics } from "../google/revision-metrics.ts";
import type { CloudRunService } from "../google/services.ts";
import { platformPlan } from "../platform/plan.ts";
import type { Service } from "../platform/schema/environment.ts";
import type { MeasureAction } from "../rollout/action.ts";
import type { SoakResult } from "../rollout/action-result.ts";
import type { Metrics, Objectives, Silent } from "../rollout/soak/signals.ts";
import { judge } from "../rollout/soak/verdict.ts";
import { healthAddress } from "../validation/checks/contract.ts";
import { type GatewayContext, serviceNamed } from "./context.ts";
import { openWebSocket } from "./probe-job.ts";
import { gateId } from "./promotion-gate.ts";
import { brokenConsumers, ownProbes, side } from "./told.ts";
import { type Watches, watch } from "./watch.ts";

/** Share of errors that a soak of minutes can judge: below it, thousands of answers would not be enough. */
const FINEST = 0.001;
/** "p95" */
const SLOW = 0.05;
/** Seconds without one answer that are a breach. */
const OUTAGE = 5;
/** WebSockets that must have opened. */
const SOCKETS = 20;
/**
 * Both signals of a step since it was in force. Own probes run as executions of the preflight job, one after the other, and
 * are read back from Cloud Logging: so a process that resumes knows what the one before it has seen.
 *
 * @param soak seconds that the step is watched
 * @param watching false for the watchdog, which starts nothing
 */
export async function measure(
  around: GatewayContext,
  raw: CloudRunService,
  action: MeasureAction,
  {
    watches,
    soak,
    watching,
  }: { readonly watches: Watches; readonly soak: number; readonly watching: boolean },
): Promise<SoakResult> {
  const { environment } = around;
  const service = serviceNamed(environment, action.service);
  const objectives = objectivesOf(around, service);
  const id = `soak-${action.candidate}-${action.percent}-${action.since}-`;
  const warning = watching ? await watch(around, raw, action, { id, watches, soak, objectives }) : undefined;
  const { place, signal } = around;
  const [told, before, candidate, stable] = await Promise.all([
    orSilent(resultsOf(id, place.project, place, signal)),
    orSilent(gateResults(around, action.candidate, watches)),
    metricsOf(around, action, action.candidate, objectives),
    action.stable === null ? null : metricsOf(around, action, action.stable, objectives),
  ]);
  const probes = ownProbes(told, warning);
  const signals = {
    consumers: brokenConsumers(before, told),
    candidate: side(probes, "candidate", candidate),
    stable: stable === null ? null : side(probes, "stable", stable),
    balancer: healthAddress(platformPlan(environment), service) === undefined ? null : probes("balancer"),
  };
  const { service: name, candidate: revision, percent } = action;
  return {
    kind: "soak",
    service: name,
    candidate: revision,
    percent,
    ...judge(signals, objectives, action.since + soak * 1000),
  };
}

function objectivesOf({ environment }: GatewayContext, service: Service): Objectives {
  const { availability, latency } = environment.objectives;
  return {
    errors: Math.max(FINEST, Number((1 - availability).toPrecision(6))),
    slow: SLOW,
    limit: service.latency ?? latency,
    outage: OUTAGE,
    sockets: openWebSocket(environment, service) === undefined ? 0 : SOCKETS,
  };
}

async function gateResults(
  { place, signal }: GatewayContext,
  candidate: string,
  { gates }: Watches,
): Promise<readonly ToldResult[]> {
  const known = gates.get(candidate) ?? (await resultsOf(gateId(candidate), place.project, place, signal));
  if (known.length > 0) gates.set(candidate, known);
  return known;
}

async function metricsOf(
  { environment, place, signal }: GatewayContext,
  { service, since }: MeasureAction,
  revision: string,
  { limit }: Objectives,
): Promise<Metrics | Silent> {
  const get: Get = (url, stop) => place.api.call({ method: "GET", url }, stop);
  const { monitoring, project, now } = place;
  const name = platformPlan(environment).names.service(service);
  const query = { service: name, revision, since, now: now(), slow: limit * 1000 };
  return orSilent(revisionMetrics({ get, monitoring, project }, query, signal));
}

/** A question that was not answered is no answer: it says why, and passes nothing. */
async function orSilent<T>(answer: Promise<T>): Promise<T | Silent> {
  try {
    return await answer;
  } catch (error) {
    return { silent: error instanceof Error ? error.message : String(error) };
  }
}
