import { percentile } from "../../values/percentile.ts";
import { type Check, type Context, failed, type Outcome, passed, type SampledAddress } from "../check.ts";
import { get, spoken } from "../clients/https.ts";
import { roundTrip } from "../clients/web-socket.ts";
import { milliseconds, pause } from "../time.ts";

/** Milliseconds between two WebSockets: opening them is a load of its own. */
const SOCKET = 1000;
/** Room to end in, in seconds. */
const END = 5;

/** Addresses that are polled continuously, so that a rollout sees failures within seconds. */
export function sampleChecks({ samples }: Context): Check[] {
  return samples.map((address) => ({
    name: `samples/${address.name}`,
    category: "contract",
    needs: [],
    seconds: address.seconds + address.answer + END,
    run: (signal) => sample(address, signal),
  }));
}

interface Seen {
  readonly latencies: number[];
  failures: number;
  lastFailure: string;
  sockets: number;
  socketFailures: number;
  /** performance.now() of the last answer, or of the start. */
  answered: number;
  /** Longest time without an answer, in milliseconds, that held a failure. */
  outage: number;
}

/** Starts questions at a steady rate, however long the answers take: a slow server must not be asked less. */
async function sample(address: SampledAddress, signal: AbortSignal): Promise<Outcome> {
  const startedAt = performance.now();
  const seen: Seen = {
    latencies: [],
    failures: 0,
    lastFailure: "",
    sockets: 0,
    socketFailures: 0,
    answered: startedAt,
    outage: 0,
  };
  const open = new Set<Promise<void>>();
  const start = (work: Promise<void>): void => {
    open.add(work);
    void work.finally(() => open.delete(work));
  };
  const count = Math.round(address.seconds * address.perSecond);
  let nextSocket = startedAt;
  for (let index = 0; index < count; index += 1) {
    const next = startedAt + (index * 1000) / address.perSecond;
    const wait = next - performance.now();
    if (wait > 0) await pause(wait / 1000, signal);
    if (seen.outage >= address.outage * 1000) break;
    start(ask(address, seen, signal));
    if (address.webSocket === undefined || next < nextSocket) continue;
    nextSocket = next + SOCKET;
    start(openSocket(new URL(address.webSocket), address.answer, seen, signal));
  }
  await Promise.all(open);
  return outcome(address, seen);
}

async function ask({ url, answer }: SampledAddress, seen: Seen, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  try {
    const { status } = await get(new URL(url), answer, signal);
    // The path is one that answers 200: anything else is not the service's answer, as a 404 of an ingress that refuses.
    if (status < 200 || status >= 400) throw new Error(`HTTP ${status}`);
    seen.latencies.push(milliseconds(startedAt));
    seen.answered = performance.now();
  } catch (error) {
    if (signal.aborted) return;
    seen.failures += 1;
    seen.lastFailure = error instanceof Error ? error.message : String(error);
    seen.outage = Math.max(seen.outage, performance.now() - seen.answered);
  }
}

async function openSocket(url: URL, seconds: number, seen: Seen, signal: AbortSignal): Promise<void> {
  try {
    await roundTrip(url, seconds, signal);
    seen.sockets += 1;
  } catch (error) {
    if (signal.aborted) return;
    seen.socketFailures += 1;
    seen.lastFailure = error instanceof Error ? error.message : String(error);
  }
}

function outcome(address: SampledAddress, seen: Seen): Outcome {
  const { latencies, failures, sockets, socketFailures } = seen;
  const measured = {
    requests: latencies.length + failures,
    failures,
    slow: latencies.filter((latency) => latency > address.slow * 1000).length,
    failedForSeconds: Math.round(seen.outage / 100) / 10,
    sockets,
    socketFailures,
    p95Milliseconds: percentile(latencies, 0.95) ?? 0,
  };
  const why = `${spoken(new URL(address.url))}: ${measured.requests} requests, ${failures} failed, ${measured.slow} slower than ${address.slow} s, p95 ${measured.p95Milliseconds} ms${address.webSocket === undefined ? "" : `; ${sockets} WebSockets, ${socketFailures} failed`}${seen.lastFailure === "" ? "" : `; last failure: ${seen.lastFailure}`}`;
  return measured.failedForSeconds >= address.outage
    ? failed("application", why, measured)
    : passed(why, measured);
}
