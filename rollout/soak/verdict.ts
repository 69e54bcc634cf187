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

/** What ends a step at once. */
interface Breach {
  readonly why: string;
  /** Whether stable shows the same in the same minutes. */
  readonly elsewhere: boolean;
}

/**
 * Judges a step by both signals. "breach" needs one of them, and is not said where stable is just as bad: then the cause
 * is elsewhere, and going back would not mend it. "pass" needs both, with as many answers as the objectives ask for, of
 * the whole window. All else is "inconclusive", silence above all.
 *
 * @param end until when both signals must have looked
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
  if (own.length > 0) return { verdict: "breach", why: told(own.map(({ why }) => why)) };
  if (breaches.length > 0)
    return {
      verdict: "inconclusive",
      why: told([
        ...breaches.map(({ why }) => why),
        "stable is just as bad in the same minutes: the cause is elsewhere",
      ]),
    };
  const missing = [...missingOf(signals, end), ...thinOf(signals, objectives)];
  if (missing.length > 0) return { verdict: "inconclusive", why: told(missing) };
  return { verdict: "pass", why: told(summary(signals, objectives)) };
}

function outages(signals: Signals, { outage }: Objectives): Breach[] {
  const lasts = (samples: Samples | { silent: string } | null): number =>
    samples === null || isSilent(samples) ? 0 : samples.failedFor;
  const stable = signals.stable === null ? 0 : lasts(signals.stable.probes);
  const tell = (who: string, length: number): Breach[] =>
    length < outage
      ? []
      : [{ why: `${who}: no answer for ${Math.round(length)} s`, elsewhere: stable >= outage }];
  return [
    ...tell("own probes of the candidate", lasts(signals.candidate.probes)),
    ...tell("own probes through the load balancer", lasts(signals.balancer)),
  ];
}

/** Everything of one revision that has a share of bad ones. */
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
    // A probe without an answer has no latency.
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

/** Many quick probes among few users would hide what the users meet. */
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

/** Signals that say nothing, or nothing of the last minutes. */
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
  if (signal.until === null || signal.until === undefined) return [`${who}: nothing was seen yet`];
  const late = Math.ceil((end - signal.until) / 1000);
  return late > 0 ? [`${who}: ${late} s of the window are not seen yet`] : [];
}

/** Groups that are not broken, and of which too little was seen to call them good. */
function thinOf(signals: Signals, objectives: Objectives): string[] {
  const thin = groups("candidate", signals.candidate, objectives)
    // There may be no users at night; and opening hundreds of WebSockets would be a load of its own.
    .filter(({ by, what }) => by !== "users" && what !== BROKEN_SOCKETS)
    .filter((group) => !isKept(group))
    .map((group) => `${groupText(group)}: too few to be sure`);
  const opened = [signals.candidate.probes, ...(signals.balancer === null ? [] : [signals.balancer])];
  for (const samples of opened)
    if (!isSilent(samples) && samples.sockets < objectives.sockets)
      thin.push(`${samples.sockets} WebSockets opened, needed are ${objectives.sockets}`);
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

const told = (sentences: readonly string[]): string => sentences.join("; ");
