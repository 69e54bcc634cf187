import { setTimeout as pause } from "node:timers/promises";
import { agentOf, type HostResponse, httpsRequest, type Network } from "../../http/https-request.ts";
import type { LatencyPlan } from "./plan.ts";

/** One request: how long it took, and why it failed. */
export interface Sample {
  /** Milliseconds from the first byte of the handshake to the last of the response. */
  readonly milliseconds: number;
  /** Undefined for a response of 200. */
  readonly failure: string | undefined;
}

/**
 * Sends requests at a constant rate, as the k6 script does: a slow response must not slow down the requests after it, or
 * it would hide itself.
 *
 * @param signal ends the measurement early; the samples so far are returned
 */
export async function measure(plan: LatencyPlan, network: Network, signal: AbortSignal): Promise<Sample[]> {
  const maxSockets = Math.ceil((plan.rate * plan.timeout) / 1000) + 1;
  const samples: Sample[] = [];
  const requests: Promise<void>[] = [];
  // Responses that are still due are not waited for after an interruption.
  const interrupted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const { hostname, pathname } = new URL(plan.url);
  const agent = agentOf(network, hostname, { keepAlive: true, maxSockets });
  const request = { host: hostname, path: pathname, headers: { "user-agent": "latency-test" } };
  const start = performance.now();
  try {
    for (let index = 0; index < plan.rate * plan.duration; index++) {
      await until(start + (index * 1000) / plan.rate, signal);
      if (signal.aborted) break;
      const response = httpsRequest(network, request, plan.timeout / 1000, signal, agent);
      requests.push(response.then((found) => void (signal.aborted || samples.push(sampleOf(found, plan)))));
    }
    await Promise.race([Promise.all(requests), interrupted]);
    return [...samples];
  } finally {
    agent.destroy();
  }
}

async function until(time: number, signal: AbortSignal): Promise<void> {
  const wait = time - performance.now();
  // An interrupted pause has ended.
  if (wait > 0) await pause(wait, undefined, { signal }).catch(() => {});
}

function sampleOf(response: HostResponse, { timeout }: LatencyPlan): Sample {
  const milliseconds = response.seconds * 1000;
  if (response.kind === "failure") return { milliseconds, failure: reasonOf(response.code, timeout) };
  return { milliseconds, failure: response.status === 200 ? undefined : `HTTP ${response.status}` };
}

/** The remedy for a failure. */
function reasonOf(code: string, timeout: number): string {
  switch (code) {
    case "timeout":
      return `no response within ${timeout} ms`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the host name does not resolve: no DNS record";
    case "ECONNREFUSED":
      return "refused: no server listens on 443";
    case "ERR_PROXY_TUNNEL":
      return "the proxy does not lead there: check HTTPS_PROXY and NO_PROXY";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "TLS: the certificate is for another host";
    case "CERT_HAS_EXPIRED":
      return "TLS: the certificate has expired";
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return "TLS: the certificate is not signed by a trusted authority";
    case "ECONNRESET":
      return "reset: the gateway has no certificate for the host, or closed the connection";
    default:
      return code;
  }
}
