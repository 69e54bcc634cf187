import { z } from "zod";
import { revisionName } from "../platform/schema/revision.ts";
import { UserError } from "../platform/user-error.ts";
import type { Api } from "./api.ts";
import { orUndefined } from "./errors.ts";
import { int64, responseOf } from "./response.ts";

/** One entry of a service's traffic, as Cloud Run and Terraform write it. */
export interface TrafficTarget {
  readonly type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" | "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
  /** Short name of the revision; absent for the latest ready one. */
  readonly revision?: string;
  /** Whole percent; Google leaves 0 out. */
  readonly percent?: number;
  readonly tag?: string;
}

/** An entry of the effective traffic. */
export interface TrafficStatus extends TrafficTarget {
  /** URL of the tag; absent without one. */
  readonly uri?: string;
}

/** A Cloud Run service, as far as a rollout reads it. Revisions by their short names. */
export interface CloudRunService {
  /** "projects/P/locations/L/services/S" */
  readonly name: string;
  /** Sent with a write: a change in between makes it fail. */
  readonly etag: string;
  /** The last change is not complete: `reconciling`, or a generation that was not observed yet. */
  readonly reconciling: boolean;
  /** Whether the last change succeeded; undefined while it is pending. */
  readonly succeeded: boolean | undefined;
  /** Google's message on the last change; may be empty. */
  readonly message: string;
  readonly latestCreated: string | undefined;
  readonly latestReady: string | undefined;
  readonly uri: string | undefined;
  /** Image of the first container of the template. */
  readonly image: string | undefined;
  /** As it was written. */
  readonly traffic: readonly TrafficTarget[];
  /** Effective traffic: lags by seconds. */
  readonly trafficStatuses: readonly TrafficStatus[];
  /** Author of the last change: an e-mail address. */
  readonly lastModifier: string | undefined;
}

export interface CloudRunContext {
  readonly api: Api;
  /** "https://run.googleapis.com" */
  readonly run: string;
  readonly project: string;
  readonly region: string;
}

export const serviceUrl = ({ run, project, region }: CloudRunContext, service: string): string =>
  `${run}/v2/projects/${project}/locations/${region}/services/${service}`;

/**
 * @returns undefined where there is no such service
 * @throws UserError where Google rejects the request or does not answer
 */
export async function readService(
  context: CloudRunContext,
  service: string,
  signal: AbortSignal,
): Promise<CloudRunService | undefined> {
  const found = await orUndefined(
    context.api.call({ method: "GET", url: serviceUrl(context, service) }, signal),
  );
  return found === undefined
    ? undefined
    : cloudRunService(responseOf(rawService, found, `the service ${service}`));
}

/**
 * Writes the traffic of a service, and nothing else of it: Cloud Run rejects an echo of the rest ("Revision named ... with
 * different configuration already exists"). Sent once: the caller reads the service again before a retry, because a write
 * whose response was lost may have worked.
 *
 * @param etag of the service as it was read
 * @throws Conflict where the service has changed since
 * @throws UserError where Google rejects it, or the outcome is unknown
 */
export async function writeTraffic(
  context: CloudRunContext,
  service: Pick<CloudRunService, "name" | "etag">,
  traffic: readonly TrafficTarget[],
  signal: AbortSignal,
): Promise<void> {
  const { name, etag } = service;
  const url = `${context.run}/v2/${name}?updateMask=traffic`;
  const body = { name, etag, traffic };
  const operation = await context.api.call({ method: "PATCH", url, body, once: true }, signal);
  const { error } = responseOf(rawOperation, operation, `the change of ${last(name)}`);
  if (error !== undefined)
    throw new UserError(`Cloud Run did not move the traffic of ${last(name)}: ${oneLine(error.message)}`);
}

/** A condition of a resource. */
export const condition = z.object({
  type: z.string().optional(),
  state: z.string().optional(),
  message: z.string().optional(),
});

const rawOperation = z.object({ error: z.object({ message: z.string().optional() }).optional() });

/** Google omits empty fields; other clients write them. */
const revision = z.union([z.literal(""), z.string().transform(last).pipe(revisionName)]).optional();

const rawTarget = z.object({
  type: z
    .enum(["TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"])
    .optional(),
  revision,
  percent: z.int().min(0).max(100).optional(),
  tag: z
    .string()
    .regex(/^([a-z]([a-z0-9-]{0,61}[a-z0-9])?)?$/, "is no tag")
    .optional(),
});

const rawService = z.object({
  name: z
    .string()
    .regex(/^projects\/[\w.:-]+\/locations\/[\w-]+\/services\/[\w-]+$/, "is no name of a service"),
  etag: z.string().optional(),
  reconciling: z.boolean().optional(),
  generation: int64.optional(),
  observedGeneration: int64.optional(),
  terminalCondition: condition.optional(),
  latestCreatedRevision: revision,
  latestReadyRevision: revision,
  uri: z.string().optional(),
  template: z
    .object({ containers: z.array(z.object({ image: z.string().optional() })).optional() })
    .optional(),
  traffic: z.array(rawTarget).optional(),
  trafficStatuses: z.array(rawTarget.extend({ uri: z.string().optional() })).optional(),
  lastModifier: z.string().optional(),
});

function cloudRunService(raw: z.output<typeof rawService>): CloudRunService {
  const state = raw.terminalCondition?.state;
  return {
    name: raw.name,
    etag: raw.etag ?? "",
    reconciling: raw.reconciling === true || raw.observedGeneration !== raw.generation,
    succeeded: state === "CONDITION_SUCCEEDED" ? true : state === "CONDITION_FAILED" ? false : undefined,
    message: oneLine(raw.terminalCondition?.message),
    latestCreated: raw.latestCreatedRevision || undefined,
    latestReady: raw.latestReadyRevision || undefined,
    uri: raw.uri,
    image: raw.template?.containers?.[0]?.image,
    traffic: (raw.traffic ?? []).map(target),
    trafficStatuses: (raw.trafficStatuses ?? []).map((status) => ({
      ...target(status),
      ...(status.uri ? { uri: status.uri } : {}),
    })),
    lastModifier: raw.lastModifier,
  };
}

/** Google omits empty fields and 0; other clients write them. */
function target({ type, revision, percent, tag }: z.output<typeof rawTarget>): TrafficTarget {
  return {
    type: type ?? "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST",
    ...(revision ? { revision } : {}),
    ...(percent ? { percent } : {}),
    ...(tag ? { tag } : {}),
  };
}

/** The last part of a resource's full name. */
export function last(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

export const oneLine = (text: string | undefined): string =>
  (text ?? "").replaceAll(/\s+/g, " ").slice(0, 300);
