import { runPreflightJob } from "../google/preflight-job.ts";
import type { CloudRunService } from "../google/services.ts";
import { HEALTH_PATH } from "../platform/health/health-contract.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import type { PreflightResult } from "../platform/preflight/preflight-result.ts";
import type { Service } from "../platform/schema/environment.ts";
import type { GateAction } from "../rollout/action.ts";
import type { GateResult } from "../rollout/action-result.ts";
import { CANDIDATE_TAG } from "../rollout/observed.ts";
import { healthAddress } from "../validation/checks/contract.ts";
import { type GatewayContext, serviceNamed } from "./context.ts";
import { openWebSocket, probeJob } from "./probe-job.ts";

/**
 * Probes the new revision at its tag URL from inside the network, before it gets traffic: identity, contract and WebSocket.
 * Failures of the network or of a dependency are not failures of the revision.
 */
export async function gate(
  { platform, google, signal }: GatewayContext,
  raw: CloudRunService,
  { service: name, candidate, stable }: GateAction,
): Promise<GateResult> {
  const service = serviceNamed(platform, name);
  const about = { kind: "gate", service: name, candidate } as const;
  // A service that was just created serves without a tag.
  const url = stable === null ? raw.uri : tagUrl(raw, CANDIDATE_TAG);
  if (url === undefined)
    return {
      ...about,
      verdict: "inconclusive",
      why: `${name} has no URL for the tag "${CANDIDATE_TAG}"`,
    };
  const path = openWebSocket(platform, service)?.path;
  const contract = {
    service: name,
    url: `${url}${HEALTH_PATH}`,
    expected: platform.expectedHealth(service),
    revision: candidate,
    ...(path === undefined ? {} : { webSocket: `${url.replace(/^http/, "ws")}${path}` }),
  };
  const variables = {
    PREFLIGHT_CONTRACTS: JSON.stringify([contract, ...consumers(platform, service)]),
  };
  const results = await runPreflightJob(
    probeJob(platform, service, `${gateId(candidate)}${google.now()}`, variables),
    google,
    signal,
  );
  const own = [`contract/${name}`, ...(path === undefined ? [] : [`web-socket/${name}`])];
  return { ...about, ...judged(results, own) };
}

/** Prefix of the ids of log entries with the consumers' state before the candidate had traffic. */
export function gateId(candidate: string): string {
  return `gate-${candidate}-`;
}

/**
 * Contracts of the services that call this one: the candidate must be compatible with its running consumers. Their results
 * before the candidate has traffic are the baseline for later ones.
 */
export function consumers(
  platform: Pick<PlatformPlan, "services" | "hostPlan" | "expectedHealth">,
  { name }: Service,
): object[] {
  return platform.services.flatMap((consumer) => {
    const address = consumer.dependsOn.includes(name) ? healthAddress(platform, consumer) : undefined;
    if (address === undefined) return [];
    const url = `https://${address.host}${address.path}`;
    return [{ service: consumer.name, url, expected: platform.expectedHealth(consumer) }];
  });
}

function judged(
  results: readonly PreflightResult[],
  own: readonly string[],
): Pick<GateResult, "verdict" | "why"> {
  const asked = results.filter(({ check }) => own.includes(check));
  const joined = (of: readonly PreflightResult[]): string =>
    of.map(({ check, why }) => `${check}: ${why}`).join("; ");
  const failed = asked.filter(({ status }) => status === "failed");
  if (failed.some(({ fault }) => fault === "application")) return { verdict: "failed", why: joined(failed) };
  if (failed.length > 0) return { verdict: "inconclusive", why: joined(failed) };
  const passed = asked.filter(({ status }) => status === "passed");
  if (passed.length < own.length)
    return { verdict: "inconclusive", why: "the probe did not report the requested checks" };
  return { verdict: "passed", why: joined(passed) };
}

/** The URL of a tagged revision, independent of the split. */
export function tagUrl({ trafficStatuses }: CloudRunService, tag: string): string | undefined {
  return trafficStatuses.find((status) => status.tag === tag)?.uri;
}
