import { hasEnded, startPreflightJob } from "../google/preflight-job.ts";
import type { LoggedResult } from "../google/preflight-results.ts";
import type { CloudRunService } from "../google/services.ts";
import type { Service } from "../platform/schema/environment.ts";
import { UserError } from "../platform/user-error.ts";
import type { MeasureAction } from "../rollout/action.ts";
import { CANDIDATE_TAG } from "../rollout/observed.ts";
import { answersNeeded, type Objectives } from "../rollout/soak/signals.ts";
import { STABLE_TAG } from "../rollout/traffic.ts";
import { healthAddress } from "../validation/checks/contract.ts";
import { type GatewayContext, serviceNamed } from "./context.ts";
import { openWebSocket, probeJob } from "./probe-job.ts";
import { consumers, tagUrl } from "./promotion-gate.ts";

/** Seconds that one execution of the probe runs, where its own timeout allows it; the next one follows. */
const WATCH = 50;
/** Seconds that the probe needs to end. */
const END = 10;
/** Own requests per second, at most. */
const MAX_REQUESTS_PER_SECOND = 10;

/** Cache of a process; one that resumes reads all of it again. */
export interface Watches {
  /** Running executions by their target. Log entries of a previous process count too. */
  readonly running: Map<string, string>;
  /** Gate results by candidate: they do not change, and the log quota is small. */
  readonly gates: Map<string, readonly LoggedResult[]>;
}

/** Keeps an execution of the probe running. @returns why it cannot */
export async function watch(
  { platform, google, signal }: GatewayContext,
  raw: CloudRunService,
  { service: name, stable }: MeasureAction,
  { id, watches, soak, objectives }: { id: string; watches: Watches; soak: number; objectives: Objectives },
): Promise<string | undefined> {
  try {
    const running = watches.running.get(id);
    if (running !== undefined && !(await hasEnded(running, google, signal))) return undefined;
    const service = serviceNamed(platform, name);
    const samples = addresses({ platform, google, signal }, raw, service, stable, objectives, soak);
    const variables = {
      PREFLIGHT_SAMPLES: JSON.stringify(samples),
      PREFLIGHT_CONTRACTS: JSON.stringify(consumers(platform, service)),
    };
    watches.running.set(
      id,
      await startPreflightJob(probeJob(platform, service, `${id}${google.now()}`, variables), google),
    );
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function addresses(
  { platform }: GatewayContext,
  raw: CloudRunService,
  service: Service,
  stable: string | null,
  objectives: Objectives,
  soak: number,
): object[] {
  const enough = Math.ceil((answersNeeded(objectives.errors) * 1.5) / soak);
  const answer = platform.deadlines.uptimeTimeout;
  const { initialization } = platform.timeBudget;
  const common = {
    seconds: Math.max(END, Math.min(WATCH, initialization - answer - END)),
    answer,
    slow: objectives.limit,
    outage: objectives.outage,
  };
  const socket = openWebSocket(platform, service);
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
  const balancer = healthAddress(platform, service);
  return [
    ...at("candidate", candidateUrl, path, Math.min(MAX_REQUESTS_PER_SECOND, Math.max(1, enough))),
    ...at("stable", stable === null ? undefined : tagUrl(raw, STABLE_TAG), path, 1),
    ...(balancer === undefined
      ? []
      : at("balancer", `https://${balancer.host}`, balancer.path, 1, `wss://${socket?.host}`)),
  ];
}
