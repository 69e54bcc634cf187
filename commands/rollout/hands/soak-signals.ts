import type { Get } from "../../../google/monitoring.ts";
import { hasEnded, startPreflightJob } from "../../../google/preflight-job.ts";
import { resultsOf, type ToldResult } from "../../../google/preflight-results.ts";
import { revisionMetrics } from "../../../google/revision-metrics.ts";
import type { CloudRunService } from "../../../google/services.ts";
import { platformNames } from "../../../platform/names.ts";
import type { Service } from "../../../platform/schema/environment.ts";
import { UserError } from "../../../platform/sentence.ts";
import { timeBudget } from "../../../platform/time-budget.ts";
import type { MeasureAction } from "../../../rollout/action.ts";
import type { SoakResult } from "../../../rollout/measured.ts";
import { CANDIDATE_TAG } from "../../../rollout/observed.ts";
import {
  answersNeeded,
  isSilent,
  type Metrics,
  type Objectives,
  type Samples,
  type Side,
  type Silent,
} from "../../../rollout/soak/signals.ts";
import { judge } from "../../../rollout/soak/verdict.ts";
import { STABLE_TAG } from "../../../rollout/traffic.ts";
import { healthAddress } from "../../../validation/checks/contract.ts";
import { consumers, gateId, tagUrl } from "./gate.ts";
import { openWebSocket, probeJob } from "./job.ts";
import { type HandsSurroundings, serviceNamed } from "./surroundings.ts";

/** Seconds that one execution of the probe watches, where its own time allows it; the next one follows it. */
const WATCH = 50;
/** Seconds that the probe needs to end in. */
const END = 10;
/** Share of errors that a soak of minutes can judge: below it, thousands of answers would not be enough. */
const FINEST = 0.001;
/** "p95" */
const SLOW = 0.05;
/** Seconds without one answer that are a breach. */
const OUTAGE = 5;
/** WebSockets that must have opened. */
const SOCKETS = 20;
/** Own questions a second, at most. */
const FASTEST = 10;

/** What a process remembers of its steps; one that resumes finds all of it out again. */
export interface Watches {
  /** Executions that watch, by what they watch. The lines of those of a process before count, too. */
  readonly running: Map<string, string>;
  /** What the gate said, by candidate: it does not change, and readings of the log are few a minute. */
  readonly gates: Map<string, readonly ToldResult[]>;
}

/**
 * Both signals of a step since it was in force. Own probes run as executions of the preflight job, one after the other, and
 * are read back from Cloud Logging: so a process that resumes knows what the one before it has seen.
 *
 * @param soak seconds that the step is watched
 * @param watching false for the guard, which starts nothing
 */
export async function measure(
  around: HandsSurroundings,
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
  const trouble = watching ? await watch(around, raw, action, { id, watches, soak, objectives }) : undefined;
  const { place, signal } = around;
  const [told, before, candidate, stable] = await Promise.all([
    orSilent(resultsOf(id, place.project, place, signal)),
    orSilent(gateResults(around, action.candidate, watches)),
    metricsOf(around, action, action.candidate, objectives),
    action.stable === null ? null : metricsOf(around, action, action.stable, objectives),
  ]);
  const probes = ownProbes(told, trouble);
  const signals = {
    consumers: brokenConsumers(before, told),
    candidate: side(probes, "candidate", candidate),
    stable: stable === null ? null : side(probes, "stable", stable),
    balancer: healthAddress(environment, service) === undefined ? null : probes("balancer"),
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

function objectivesOf({ environment }: HandsSurroundings, service: Service): Objectives {
  const { availability, latency } = environment.objectives;
  return {
    errors: Math.max(FINEST, Number((1 - availability).toPrecision(6))),
    slow: SLOW,
    limit: service.latency ?? latency,
    outage: OUTAGE,
    sockets: openWebSocket(environment, service) === undefined ? 0 : SOCKETS,
  };
}

/** Keeps an execution of the probe running. Returns why it cannot. */
async function watch(
  { environment, place, signal }: HandsSurroundings,
  raw: CloudRunService,
  { service: name, stable }: MeasureAction,
  { id, watches, soak, objectives }: { id: string; watches: Watches; soak: number; objectives: Objectives },
): Promise<string | undefined> {
  try {
    const running = watches.running.get(id);
    if (running !== undefined && !(await hasEnded(running, place, signal))) return undefined;
    const service = serviceNamed(environment, name);
    const samples = addresses({ environment, place, signal }, raw, service, stable, objectives, soak);
    const variables = {
      PREFLIGHT_SAMPLES: JSON.stringify(samples),
      PREFLIGHT_CONTRACTS: JSON.stringify(consumers(environment, service)),
    };
    watches.running.set(
      id,
      await startPreflightJob(probeJob(environment, service, `${id}${place.now()}`, variables), place),
    );
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function addresses(
  { environment }: HandsSurroundings,
  raw: CloudRunService,
  service: Service,
  stable: string | null,
  objectives: Objectives,
  soak: number,
): object[] {
  const enough = Math.ceil((answersNeeded(objectives.errors) * 1.5) / soak);
  const answer = environment.deadlines.uptimeTimeout;
  const { initialization } = timeBudget(environment);
  const common = {
    seconds: Math.max(END, Math.min(WATCH, initialization - answer - END)),
    answer,
    slow: objectives.limit,
    outage: objectives.outage,
  };
  const socket = openWebSocket(environment, service);
  const at = (
    name: string,
    base: string | undefined,
    path: string,
    perSecond: number,
    socketBase = base?.replace(/^http/, "ws"),
  ): object[] => {
    if (base === undefined) return [];
    const webSocket = socket === undefined ? {} : { webSocket: `${socketBase}${socket.path}` };
    return [{ name, url: `${base}${path}`, perSecond, ...common, ...webSocket }];
  };
  const { path } = service.livenessProbe;
  const candidateUrl = stable === null ? raw.uri : tagUrl(raw, CANDIDATE_TAG);
  const balancer = healthAddress(environment, service);
  return [
    ...at("candidate", candidateUrl, path, Math.min(FASTEST, Math.max(1, enough))),
    ...at("stable", stable === null ? undefined : tagUrl(raw, STABLE_TAG), path, 1),
    ...(balancer === undefined
      ? []
      : at("balancer", `https://${balancer.host}`, balancer.path, 1, `wss://${socket?.host}`)),
  ];
}

function ownProbes(told: readonly ToldResult[] | Silent, trouble: string | undefined): Probes {
  return (name, before = Number.POSITIVE_INFINITY) => {
    if (isSilent(told)) return told;
    const own = told.filter(({ result, at }) => result.check === `samples/${name}` && at <= before);
    if (own.length === 0) return { silent: trouble ?? "nothing was seen yet" };
    const sum = (key: string): number =>
      own.reduce((total, { result }) => total + (result.measured?.[key] ?? 0), 0);
    return {
      requests: sum("requests"),
      failures: sum("failures"),
      slow: sum("slow"),
      failedFor: Math.max(...own.map(({ result }) => result.measured?.failedForSeconds ?? 0)),
      sockets: sum("sockets"),
      socketFailures: sum("socketFailures"),
      until: Math.max(...own.map(({ at }) => at)),
    };
  };
}

async function gateResults(
  { place, signal }: HandsSurroundings,
  candidate: string,
  { gates }: Watches,
): Promise<readonly ToldResult[]> {
  const known = gates.get(candidate) ?? (await resultsOf(gateId(candidate), place.project, place, signal));
  if (known.length > 0) gates.set(candidate, known);
  return known;
}

/** Twice in a row: one answer may be chance. */
function brokenConsumers(
  before: readonly ToldResult[] | Silent,
  now: readonly ToldResult[] | Silent,
): string[] {
  if (isSilent(before) || isSilent(now)) return [];
  const contracts = (told: readonly ToldResult[], check: string) =>
    told.flatMap(({ result }) => (result.check === check ? [result] : []));
  const checks = new Set(
    now.flatMap(({ result }) => (result.check.startsWith("contract/") ? result.check : [])),
  );
  return [...checks].flatMap((check) => {
    const wasFine = contracts(before, check).at(-1)?.status === "passed";
    const last = contracts(now, check).slice(-2);
    const isBroken = last.length === 2 && last.every(({ status }) => status === "failed");
    const consumer = check.slice("contract/".length);
    return wasFine && isBroken ? [`${consumer}, which calls it, breaks: ${last[1]?.why}`] : [];
  });
}

type Probes = (name: string, before?: number) => Samples | Silent;

/** Metrics are late: the probes that they cannot hold yet are not taken off them. */
function side(probes: Probes, name: string, metrics: Metrics | Silent): Side {
  const among = isSilent(metrics) ? metrics : probes(name, metrics.until ?? 0);
  return { probes: probes(name), among, metrics };
}

async function metricsOf(
  { environment, place, signal }: HandsSurroundings,
  { service, since }: MeasureAction,
  revision: string,
  { limit }: Objectives,
): Promise<Metrics | Silent> {
  const get: Get = (url, stop) => place.api.call({ method: "GET", url }, stop);
  const { monitoring, project, now } = place;
  const name = platformNames(environment).service(service);
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
