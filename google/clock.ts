import type { Google } from "./endpoints.ts";

/** Milliseconds by which a response's date may lag: it is cut to the second, and the response was on its way. */
const RESPONSE_LAG = 10_000;

/** Milliseconds since 1970 that start at this machine's time and never jump with it. */
const monotonic = (): number => performance.timeOrigin + performance.now();

/**
 * Google's time, from the dates of its responses. What several machines compare, such as a lease, is compared with this
 * one clock: a laptop's may be wrong by an hour, and jump.
 */
export class GoogleClock {
  readonly #local: () => number;
  #offset = 0;
  #isHeard = false;

  /** @param local milliseconds that pass as they do here */
  constructor(local: () => number = monotonic) {
    this.#local = local;
  }

  /** Milliseconds since 1970: Google's, or this machine's before the first response. */
  readonly now = (): number => this.#local() + this.#offset;

  /** @param date of a response, in milliseconds since 1970; NaN where it had none */
  readonly heard = (date: number): void => {
    if (!Number.isFinite(date)) return;
    const behind = date - this.now();
    // A date is never ahead of Google's time, so the latest one is the best.
    if (this.#isHeard && behind <= 0 && behind > -RESPONSE_LAG) return;
    this.#offset += behind;
    this.#isHeard = true;
  };
}

/**
 * Asks Google for the date of a response: afterwards `now` is Google's time. Where Google rejects this or does not answer, what
 * asks next says so.
 */
export async function hearTime(
  { api, endpoints }: Google,
  project: string,
  signal: AbortSignal,
): Promise<void> {
  const url = `${endpoints.monitoring}/v3/projects/${project}/metricDescriptors?pageSize=1`;
  await api.call({ method: "GET", url, once: true }, signal).catch(() => {});
}
