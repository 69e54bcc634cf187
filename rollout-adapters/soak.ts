import type { Get } from "../google/monitoring.ts";
import { type LoggedResult, resultsOf } from "../google/preflight-results.ts";
import { revisionMetrics } from "../google/revision-metrics.ts";
import type { CloudRunService } from "../google/services.ts";
import { regionLabels } from "../platform/regions/regions.ts";
import type { Service } from "../platform/schema/environment.ts";
import type { MeasureAction } from "../rollout/action.ts";
import type { SoakResult } from "../rollout/action-result.ts";
import type { Metrics, Objectives, Silent } from "../rollout/soak/signals.ts";
import { judge } from "../rollout/soak/verdict.ts";
import { healthAddress } from "../validation/checks/contract.ts";
import { type GatewayContext, serviceNamed } from "./context.ts";
import { openWebSocket } from "./probe-job.ts";
import { brokenConsumers, ownProbes, side } from "./probe-samples.ts";
import { gateId } from "./promotion-gate.ts";
import { type Watches, watch } from "./watch.ts";

/** Smallest error share that a soak of minutes can verify: below it, thousands of responses would not be enough. */
const MIN_VERIFIABLE_SHARE = 0.001;
/** "p95" */
const SLOW = 0.05;
/** Seconds without any response that are a breach. */
const OUTAGE = 5;
/** WebSockets that must have opened. */
const SOCKETS = 20;
/**
 * Both signals of a step since it took effect. Own probes run as executions of the preflight job, one after the other, and
 * are read from Cloud Logging, so that a process that resumes has the results of the previous one.
 *
 * @param soak seconds of the soak
 * @param watching false for the watchdog, which starts nothing
 */
export async function measure(
  context: GatewayContext,
  raw: CloudRunService,
  action: MeasureAction,
  {
    watches,
    soak,
    watching,
  }: { readonly watches: Watches; readonly soak: number; readonly watching: boolean },
): Promise<SoakResult> {
  const { platform } = context;
  const service = serviceNamed(platform, action.service);
  const objectives = objectivesOf(context, service);
  const id = `soak-${action.candidate}-${action.percent}-${action.since}-`;
  const warning = watching ? await watch(context, raw, action, { id, watches, soak, objectives }) : undefined;
  const { google, signal } = context;
  const [logged, before, candidate, stable] = await Promise.all([
    orSilent(resultsOf(id, google.project, google, signal)),
    orSilent(gateResults(context, action.candidate, watches)),
    metricsOf(context, action, action.candidate, objectives),
    action.stable === null ? null : metricsOf(context, action, action.stable, objectives),
  ]);
  const probes = ownProbes(logged, warning);
  const signals = {
    consumers: brokenConsumers(before, logged),
    candidate: side(probes, "candidate", candidate),
    stable: stable === null ? null : side(probes, "stable", stable),
    balancer: healthAddress(platform, service) === undefined ? null : probes("balancer"),
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

function objectivesOf({ platform }: GatewayContext, service: Service): Objectives {
  const { availability, latency } = platform.objectives;
  return {
    errors: Math.max(MIN_VERIFIABLE_SHARE, Number((1 - availability).toPrecision(6))),
    slow: SLOW,
    limit: service.latency ?? latency,
    outage: OUTAGE,
    sockets: openWebSocket(platform, service) === undefined ? 0 : SOCKETS,
  };
}

async function gateResults(
  { google, signal }: GatewayContext,
  candidate: string,
  { gates }: Watches,
): Promise<readonly LoggedResult[]> {
  const known = gates.get(candidate) ?? (await resultsOf(gateId(candidate), google.project, google, signal));
  if (known.length > 0) gates.set(candidate, known);
  return known;
}

async function metricsOf(
  { platform, google, signal }: GatewayContext,
  { service, since }: MeasureAction,
  revision: string,
  { limit }: Objectives,
): Promise<Metrics | Silent> {
  const get: Get = (url, stop) => google.api.call({ method: "GET", url }, stop);
  const { monitoring, project, now } = google;
  const name = platform.names.service(service);
  const { location } = regionLabels(platform);
  const query = {
    service: name,
    revision,
    since,
    now: now(),
    slow: limit * 1000,
    ...(location === undefined ? {} : { region: location }),
  };
  return orSilent(revisionMetrics({ get, monitoring, project }, query, signal));
}

/** A failed read is a silent signal with its reason, and passes nothing. */
async function orSilent<T>(answer: Promise<T>): Promise<T | Silent> {
  try {
    return await answer;
  } catch (error) {
    return { silent: error instanceof Error ? error.message : String(error) };
  }
}
