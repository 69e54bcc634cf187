import { UserError } from "../platform/user-error.ts";
import type { Api } from "./api.ts";
import { orUndefined } from "./errors.ts";

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
  return found === undefined ? undefined : cloudRunService(found as RawService);
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
  const operation = (await context.api.call(
    { method: "PATCH", url, body, once: true },
    signal,
  )) as RawOperation;
  if (operation.error !== undefined)
    throw new UserError(
      `Cloud Run did not move the traffic of ${shortName(name)}: ${oneLine(operation.error.message)}`,
    );
}

/** A condition of a resource. */
export interface Condition {
  readonly type?: string;
  readonly state?: string;
  readonly message?: string;
}

interface RawOperation {
  readonly error?: { readonly message?: string };
}

interface RawService {
  readonly name: string;
  readonly etag?: string;
  readonly reconciling?: boolean;
  /** 64-bit numbers, as texts. */
  readonly generation?: string;
  readonly observedGeneration?: string;
  readonly terminalCondition?: Condition;
  readonly latestCreatedRevision?: string;
  readonly latestReadyRevision?: string;
  readonly uri?: string;
  readonly template?: { readonly containers?: readonly { readonly image?: string }[] };
  readonly traffic?: readonly TrafficTarget[];
  readonly trafficStatuses?: readonly TrafficStatus[];
  readonly lastModifier?: string;
}

function cloudRunService(raw: RawService): CloudRunService {
  const state = raw.terminalCondition?.state;
  return {
    name: raw.name,
    etag: raw.etag ?? "",
    reconciling: raw.reconciling === true || raw.observedGeneration !== raw.generation,
    succeeded: state === "CONDITION_SUCCEEDED" ? true : state === "CONDITION_FAILED" ? false : undefined,
    message: oneLine(raw.terminalCondition?.message),
    latestCreated: shortName(raw.latestCreatedRevision),
    latestReady: shortName(raw.latestReadyRevision),
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
function target({ type, revision, percent, tag }: TrafficTarget): TrafficTarget {
  return {
    type,
    ...(revision ? { revision: shortName(revision) ?? revision } : {}),
    ...(percent ? { percent } : {}),
    ...(tag ? { tag } : {}),
  };
}

export const shortName = (name: string | undefined): string | undefined =>
  name?.slice(name.lastIndexOf("/") + 1);

export const oneLine = (text: string | undefined): string =>
  (text ?? "").replaceAll(/\s+/g, " ").slice(0, 300);
