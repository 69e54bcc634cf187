import https from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import type { LatencyPlan } from "./plan.ts";

/** One request: how long it took, and why it failed. */
export interface Sample {
  /** Milliseconds from the first byte of the handshake to the last of the answer. */
  readonly milliseconds: number;
  /** Undefined where it was answered with 200. */
  readonly failure: string | undefined;
}

export interface MeasureOptions {
  /** Address to connect to instead of what DNS says, as `curl --connect-to` does. @default DNS */
  readonly connectTo?: { readonly address: string; readonly port: number };
  /** Certificates to trust beside the usual ones, PEM. @default none */
  readonly ca?: string;
  /** Told after each request. */
  readonly onSample?: (sample: Sample) => void;
  /** Ends the measurement early; what was measured stays. */
  readonly signal?: AbortSignal;
}

/**
 * Asks at a constant rate, as the k6 script does, and waits for every answer: a slow answer must not slow the
 * questions down, or it would hide itself.
 */
export async function measure(plan: LatencyPlan, options: MeasureOptions = {}): Promise<Sample[]> {
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: Math.ceil((plan.rate * plan.timeout) / 1000) + 1,
  });
  const samples: Sample[] = [];
  const asked: Promise<void>[] = [];
  // Whoever interrupts does not wait for answers that are still due.
  const interrupted = new Promise<void>((resolve) => {
    options.signal?.addEventListener("abort", () => resolve(), { once: true });
  });
  const start = performance.now();
  try {
    for (let index = 0; index < plan.rate * plan.duration; index++) {
      await until(start + (index * 1000) / plan.rate, options.signal);
      if (options.signal?.aborted) break;
      asked.push(
        ask(plan, agent, options).then((sample) => {
          samples.push(sample);
          options.onSample?.(sample);
        }),
      );
    }
    await Promise.race([Promise.all(asked), interrupted]);
    return [...samples];
  } finally {
    agent.destroy();
  }
}

async function until(time: number, signal: AbortSignal | undefined): Promise<void> {
  const wait = time - performance.now();
  // An interrupted pause is one that has ended.
  if (wait > 0) await pause(wait, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

function ask(plan: LatencyPlan, agent: https.Agent, options: MeasureOptions): Promise<Sample> {
  const start = performance.now();
  const url = new URL(plan.url);
  const { connectTo, ca } = options;
  return new Promise((resolve) => {
    const end = (failure: string | undefined): void =>
      resolve({ milliseconds: performance.now() - start, failure });
    const request = https.get(
      {
        agent,
        host: connectTo?.address ?? url.hostname,
        port: connectTo?.port ?? 443,
        servername: url.hostname,
        path: url.pathname,
        headers: { host: url.hostname, "user-agent": "latency-test" },
        timeout: plan.timeout,
        ...(ca === undefined ? {} : { ca }),
      },
      (response) => {
        response.resume();
        response.on("end", () =>
          end(response.statusCode === 200 ? undefined : `HTTP ${response.statusCode}`),
        );
        response.on("error", (error) => end(reasonOf(error)));
      },
    );
    // A server that answers slowly, byte by byte, is never idle: the whole request has the deadline.
    AbortSignal.timeout(plan.timeout).addEventListener("abort", () =>
      request.destroy(new Error(`no answer within ${plan.timeout} ms`)),
    );
    request.on("error", (error) => end(reasonOf(error)));
  });
}

/** Why, in the words of somebody who must mend it. */
function reasonOf(error: Error & { readonly code?: string }): string {
  switch (error.code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the name is not resolved: no DNS record";
    case "ECONNREFUSED":
      return "refused: no server listens on 443 (I-0)";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "TLS: the certificate is for another host";
    case "CERT_HAS_EXPIRED":
      return "TLS: the certificate has expired";
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return "TLS: nobody trusted signed the certificate";
    case "ECONNRESET":
      return "reset: the gateway has no certificate for the host, or closed the connection";
    default:
      return error.message;
  }
}
