import type { SoakResult } from "../action-result.ts";
import type { Instant } from "../ledger.ts";
import { type Group, groupText, isBroken, isKept } from "./group.ts";
import {
  isSilent,
  type Metrics,
  type Objectives,
  type Samples,
  type Side,
  type Signals,
  type Silent,
} from "./signals.ts";

export type Verdict = Pick<SoakResult, "verdict" | "why">;

const BROKEN_SOCKETS = "broken WebSockets";

/** A breach of an objective. */
interface Breach {
  readonly why: string;
  /** Whether stable has the same breach in the same minutes. */
  readonly elsewhere: boolean;
}

/**
 * Evaluates a step by both signals. One of them is enough for a "breach", except where stable is just as bad: then the cause
 * is elsewhere, and a rollback would not fix it. A "pass" needs both, with the samples that the objectives ask for, over
 * the whole window. Everything else is "inconclusive", missing data above all.
 *
 * @param end end of the window that both signals must cover
 */
export function judge(signals: Signals, objectives: Objectives, end: Instant): Verdict {
  const breaches = [
    ...outages(signals, objectives),
    ...signals.consumers.map((why) => ({ why, elsewhere: false })),
    ...[...groups("candidate", signals.candidate, objectives), ...balancerGroups(signals, objectives)]
      .filter(isBroken)
      .map((group) => ({
        why: groupText(group),
        elsewhere: signals.stable !== null && sameOf(group, signals.stable, objectives),
      })),
  ];
  const own = breaches.filter(({ elsewhere }) => !elsewhere);
  if (own.length > 0) return { verdict: "breach", why: joined(own.map(({ why }) => why)) };
  if (breaches.length > 0)
    return {
      verdict: "inconclusive",
      why: joined([
        ...breaches.map(({ why }) => why),
        "stable is just as bad in the same minutes: the cause is elsewhere",
      ]),
    };
  const missing = [...missingOf(signals, end), ...thinOf(signals, objectives)];
  if (missing.length > 0) return { verdict: "inconclusive", why: joined(missing) };
  return { verdict: "pass", why: joined(summary(signals, objectives)) };
}

function outages(signals: Signals, { outage }: Objectives): Breach[] {
  const lasts = (samples: Samples | { silent: string } | null): number =>
    samples === null || isSilent(samples) ? 0 : samples.failedFor;
  const stable = signals.stable === null ? 0 : lasts(signals.stable.probes);
  const outageOf = (who: string, length: number): Breach[] =>
    length < outage
      ? []
      : [{ why: `${who}: no response for ${Math.round(length)} s`, elsewhere: stable >= outage }];
  return [
    ...outageOf("own probes of the candidate", lasts(signals.candidate.probes)),
    ...outageOf("own probes through the load balancer", lasts(signals.balancer)),
  ];
}

/** All groups of one revision. */
function groups(whose: string, { probes, among, metrics }: Side, objectives: Objectives): Group[] {
  return [
    ...(isSilent(probes) ? [] : probeGroups(`own probes of the ${whose}`, probes, objectives)),
    ...(isSilent(metrics) ? [] : metricGroups("requests", `requests to the ${whose}`, metrics, objectives)),
    ...(isSilent(metrics) || isSilent(among)
      ? []
      : metricGroups("users", `users of the ${whose}`, withoutProbes(metrics, among), objectives)),
  ];
}

function probeGroups(who: string, samples: Samples, objectives: Objectives): Group[] {
  const { requests, failures, slow, sockets, socketFailures } = samples;
  return [
    group("probes", who, "errors", requests, failures, objectives.errors),
    // A probe without a response has no latency.
    group("probes", who, `slower than ${objectives.limit} s`, requests - failures, slow, objectives.slow),
    ...(objectives.sockets === 0
      ? []
      : [group("probes", who, BROKEN_SOCKETS, sockets + socketFailures, socketFailures, objectives.slow)]),
  ];
}

function metricGroups(by: Group["by"], who: string, metrics: Metrics, objectives: Objectives): Group[] {
  return [
    group(by, who, "errors", metrics.requests, metrics.errors, objectives.errors),
    {
      ...group(
        by,
        who,
        `slower than ${objectives.limit} s`,
        metrics.timed,
        metrics.slowAtMost,
        objectives.slow,
      ),
      atLeast: metrics.slowAtLeast,
    },
  ];
}

const group = (
  by: Group["by"],
  who: string,
  what: string,
  of: number,
  bad: number,
  allowed: number,
): Group => ({
  by,
  who,
  what,
  of,
  atLeast: bad,
  atMost: bad,
  allowed,
});

/** Many fast probes among few users would hide slow user requests. */
function withoutProbes(metrics: Metrics, { requests, failures, slow }: Samples): Metrics {
  const less = (count: number, by: number): number => Math.max(0, count - by);
  return {
    ...metrics,
    requests: less(metrics.requests, requests),
    errors: less(metrics.errors, failures),
    timed: less(metrics.timed, requests),
    slowAtMost: less(metrics.slowAtMost, slow),
    slowAtLeast: less(metrics.slowAtLeast, slow),
  };
}

function balancerGroups({ balancer }: Signals, objectives: Objectives): Group[] {
  if (balancer === null || isSilent(balancer)) return [];
  return probeGroups("own probes through the load balancer", balancer, objectives);
}

function sameOf({ by, what }: Group, stable: Side, objectives: Objectives): boolean {
  return groups("stable", stable, objectives).some(
    (group) => group.by === by && group.what === what && isBroken(group),
  );
}

/** Signals that are missing, or lack the last minutes. */
function missingOf({ candidate, balancer }: Signals, end: Instant): string[] {
  const { probes, metrics } = candidate;
  return [
    ...silence("own probes", probes, end),
    ...silence("Cloud Monitoring", metrics, end),
    ...(balancer === null ? [] : silence("own probes through the load balancer", balancer, end)),
  ];
}

function silence(
  who: string,
  signal: { until: Instant | null | undefined } | { silent: string },
  end: Instant,
): string[] {
  if (isSilent(signal)) return [`${who}: ${signal.silent}`];
  if (signal.until === null || signal.until === undefined) return [`${who}: no data yet`];
  const late = Math.ceil((end - signal.until) / 1000);
  return late > 0 ? [`${who}: ${late} s of the window are missing`] : [];
}

/** Groups that are not broken, with too few samples to pass. */
function thinOf(signals: Signals, objectives: Objectives): string[] {
  const thin = groups("candidate", signals.candidate, objectives)
    // There may be no users at night; and opening hundreds of WebSockets would be a load of its own.
    .filter(({ by, what }) => by !== "users" && what !== BROKEN_SOCKETS)
    .filter((group) => !isKept(group))
    .map((group) => `${groupText(group)}: too few samples`);
  const opened = [signals.candidate.probes, ...(signals.balancer === null ? [] : [signals.balancer])];
  for (const samples of opened)
    if (!isSilent(samples) && samples.sockets < objectives.sockets)
      thin.push(`${samples.sockets} WebSockets opened of ${objectives.sockets}`);
  return thin;
}

function summary({ candidate, stable, balancer }: Signals, { limit }: Objectives): string[] {
  const probes = (signal: Samples | Silent): string[] => {
    if (isSilent(signal)) return [];
    const { requests, failures, slow, sockets } = signal;
    const opened = sockets > 0 ? `, ${sockets} WebSockets` : "";
    return [`${requests} own probes, ${failures} errors, ${slow} slower than ${limit} s${opened}`];
  };
  const side = (name: string, { probes: own, metrics }: Side): string[] => [
    `${name}: ${[
      ...probes(own),
      ...(isSilent(metrics)
        ? []
        : [`${metrics.requests} requests, ${metrics.errors} errors, ${metrics.slowAtMost} slower`]),
    ].join("; ")}`,
  ];
  return [
    ...side("candidate", candidate),
    ...(stable === null ? [] : side("stable", stable)),
    ...(balancer === null ? [] : probes(balancer).map((text) => `load balancer: ${text}`)),
  ];
}

const joined = (sentences: readonly string[]): string => sentences.join("; ");
