import type { Instant } from "../ledger.ts";

/** Results of own probes at one address since the split took effect. */
export interface Samples {
  readonly requests: number;
  /** No response in time, or one of 500 and above. */
  readonly failures: number;
  /** Responses later than the limit. */
  readonly slow: number;
  /** Longest run of failures, in seconds. */
  readonly failedFor: number;
  /** WebSockets opened, echoed and closed; those that failed. */
  readonly sockets: number;
  readonly socketFailures: number;
  /** Time of the newest; null where there are none. */
  readonly until: Instant | null;
}

/** Requests of users and own probes to one revision in Cloud Monitoring, without WebSockets. */
export interface Metrics {
  readonly requests: number;
  readonly errors: number;
  /** Responses with a known latency, and bounds of the slow ones: a histogram gives two limits, not a number. */
  readonly timed: number;
  readonly slowAtMost: number;
  readonly slowAtLeast: number;
  readonly webSockets: number;
  /** End of the measurements; undefined without any. */
  readonly until: Instant | undefined;
}

/** A signal that could not be read, and why. */
export interface Silent {
  readonly silent: string;
}

/** Both signals, of the same minutes. */
export interface Signals {
  readonly candidate: Side;
  /** Without it the cause cannot be located. */
  readonly stable: Side | null;
  /** Through the load balancer; null where the service is not behind one. */
  readonly balancer: Samples | Silent | null;
  /** Reasons of callers whose contract held before the candidate had traffic, and is broken now. */
  readonly consumers: readonly string[];
}

export interface Side {
  readonly probes: Samples | Silent;
  /** The part of `probes` that the metrics hold already. */
  readonly among: Samples | Silent;
  readonly metrics: Metrics | Silent;
}

export interface Objectives {
  /** Share of responses that may be errors: 0.01. */
  readonly errors: number;
  /** Share of responses that may be slow: 0.05 for a p95. */
  readonly slow: number;
  /** What is slow, in seconds. */
  readonly limit: number;
  /** Seconds without any response that are a breach. */
  readonly outage: number;
  /** WebSockets that must have opened; 0 for a service without. */
  readonly sockets: number;
}

export function isSilent(signal: object): signal is Silent {
  return "silent" in signal;
}

/** Responses without a bad one that bound a share: 299 for 1 %, 59 for 5 %. */
export function answersNeeded(share: number): number {
  return Math.ceil(Math.log(0.05) / Math.log1p(-share));
}
