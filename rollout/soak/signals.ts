import type { Instant } from "../ledger.ts";

/** What own probes met at one address since the split was in force. */
export interface Samples {
  readonly requests: number;
  /** No answer in time, or one of 500 and above. */
  readonly failures: number;
  /** Answers that came later than the limit. */
  readonly slow: number;
  /** Longest run of failures without an answer in between, in seconds. */
  readonly failedFor: number;
  /** WebSockets opened, echoed and closed; those that did not get so far. */
  readonly sockets: number;
  readonly socketFailures: number;
  /** When the newest ones were told; null where there are none. */
  readonly until: Instant | null;
}

/** What users (and own probes) met at one revision, as Cloud Monitoring says. Without WebSockets. */
export interface Metrics {
  readonly requests: number;
  readonly errors: number;
  /** Answers whose latency is known, and those of them that were slow: a histogram knows two limits, not a number. */
  readonly timed: number;
  readonly slowAtMost: number;
  readonly slowAtLeast: number;
  readonly webSockets: number;
  /** Until when something was measured; undefined where nothing was. */
  readonly until: Instant | undefined;
}

/** A signal that could not be asked for, and why. */
export interface Silent {
  readonly silent: string;
}

/** Both signals, of the same minutes. */
export interface Signals {
  readonly candidate: Side;
  /** Without it nobody can say whether the cause is elsewhere. */
  readonly stable: Side | null;
  /** Through the load balancer; null where the service is not behind one. */
  readonly balancer: Samples | Silent | null;
  /** Services that call this one, kept their contract before the candidate had traffic, and break it now: why. */
  readonly consumers: readonly string[];
}

export interface Side {
  readonly probes: Samples | Silent;
  /** The part of `probes` that the metrics hold already. */
  readonly among: Samples | Silent;
  readonly metrics: Metrics | Silent;
}

export interface Objectives {
  /** Share of the answers that may be errors: 0.01. */
  readonly errors: number;
  /** Share of the answers that may be slow: 0.05 for a p95. */
  readonly slow: number;
  /** What is slow, in seconds. */
  readonly limit: number;
  /** Seconds without one answer that are a breach by themselves. */
  readonly outage: number;
  /** WebSockets that must have opened; 0 for a service without. */
  readonly sockets: number;
}

export function isSilent(signal: object): signal is Silent {
  return "silent" in signal;
}

/** Answers without a bad one that bound a share: 299 for 1 %, 59 for 5 %. */
export function answersNeeded(share: number): number {
  return Math.ceil(Math.log(0.05) / Math.log1p(-share));
}
