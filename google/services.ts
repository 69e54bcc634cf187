import { createHash } from "node:crypto";
import { UserError } from "../platform/sentence.ts";
import { type Api, orNothing } from "./api.ts";

/** One entry of a service's traffic, as Cloud Run and Terraform write it. */
export interface TrafficTarget {
  readonly type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" | "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";
  /** Short name of the revision; absent for the latest ready one. */
  readonly revision?: string;
  /** Whole percent; Google leaves 0 out. */
  readonly percent?: number;
  readonly tag?: string;
}

/** What an entry really does. */
export interface TrafficStatus extends TrafficTarget {
  /** URL of the tag; absent without one. */
  readonly uri?: string;
}

/** A Cloud Run service, as far as a rollout reads it. Revisions by their short names. */
export interface CloudRunService {
  /** "projects/P/locations/L/services/S" */
  readonly name: string;
  /** Whoever writes names it: a change in between makes it another one. */
  readonly etag: string;
  /** Something is being made or moved: `reconciling`, or a generation that was not looked at yet. */
  readonly reconciling: boolean;
  /** What the last change came to; undefined while nobody knows. */
  readonly succeeded: boolean | undefined;
  /** Google's words on the last change; empty where there are none. */
  readonly message: string;
  readonly latestCreated: string | undefined;
  readonly latestReady: string | undefined;
  readonly uri: string | undefined;
  /** Image of the first container of the template. */
  readonly image: string | undefined;
  /** As it was written. */
  readonly traffic: readonly TrafficTarget[];
  /** As it is: late by seconds. */
  readonly trafficStatuses: readonly TrafficStatus[];
  /** Who wrote last: an e-mail address. */
  readonly lastModifier: string | undefined;
}

export interface CloudRunRevision {
  readonly name: string;
  readonly ready: boolean;
  /** Why it is not ready, in Google's words. */
  readonly message: string;
  /** Image of the first container. */
  readonly image: string | undefined;
  /** Secrets by version, as the containers read them. */
  readonly secrets: readonly SecretReference[];
  /** Hash of everything that its template states; the same for two revisions of one template. */
  readonly template: string;
}

export interface SecretReference {
  /** Id in the service's project, or "projects/P/secrets/ID". */
  readonly secret: string;
  /** A number, or "latest". */
  readonly version: string;
}

export interface CloudRunPlace {
  readonly api: Api;
  /** "https://run.googleapis.com" */
  readonly run: string;
  readonly project: string;
  readonly region: string;
}

const serviceUrl = ({ run, project, region }: CloudRunPlace, service: string): string =>
  `${run}/v2/projects/${project}/locations/${region}/services/${service}`;

/**
 * @returns undefined where there is no such service
 * @throws UserError where Google refuses or does not answer
 */
export async function readService(
  place: CloudRunPlace,
  service: string,
  signal: AbortSignal,
): Promise<CloudRunService | undefined> {
  const found = await orNothing(place.api.call({ method: "GET", url: serviceUrl(place, service) }, signal));
  return found === undefined ? undefined : cloudRunService(found as RawService);
}

/** @returns undefined where there is no such revision, or it is being deleted */
export async function readRevision(
  place: CloudRunPlace,
  service: string,
  revision: string,
  signal: AbortSignal,
): Promise<CloudRunRevision | undefined> {
  const url = `${serviceUrl(place, service)}/revisions/${revision}`;
  const found = (await orNothing(place.api.call({ method: "GET", url }, signal))) as RawRevision | undefined;
  if (found === undefined || found.deleteTime !== undefined) return undefined;
  const ready = found.conditions?.find(({ type }) => type === "Ready");
  return {
    name: shortName(found.name) ?? revision,
    ready: ready?.state === "CONDITION_SUCCEEDED",
    message: oneLine(ready?.message),
    image: found.containers?.[0]?.image,
    secrets: (found.containers ?? []).flatMap(({ env = [] }) =>
      env.flatMap(({ valueSource }) => {
        const { secret, version = "latest" } = valueSource?.secretKeyRef ?? {};
        return secret === undefined ? [] : [{ secret, version }];
      }),
    ),
    template: templateHash(found),
  };
}

/** What a revision has from its template; the rest of it is Cloud Run's own. */
const TEMPLATE = [
  "containers",
  "encryptionKey",
  "executionEnvironment",
  "maxInstanceRequestConcurrency",
  "nodeSelector",
  "scaling",
  "serviceAccount",
  "serviceMesh",
  "sessionAffinity",
  "timeout",
  "volumes",
  "vpcAccess",
] as const;

function templateHash(revision: object): string {
  const stated = Object.entries(revision).filter(([key]) => (TEMPLATE as readonly string[]).includes(key));
  return createHash("sha256")
    .update(JSON.stringify(sorted(Object.fromEntries(stated))))
    .digest("hex");
}

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

/**
 * Writes the traffic of a service, and nothing else of it: an echo of the rest makes Cloud Run refuse ("Revision named ...
 * with different configuration already exists"). Asked once: who calls reads the service again before they repeat, because
 * a write whose answer was lost may have worked.
 *
 * @param etag of the service as it was read
 * @throws Conflict where the service has changed since
 * @throws UserError where Google refuses, or nobody knows what became of it
 */
export async function writeTraffic(
  place: CloudRunPlace,
  service: Pick<CloudRunService, "name" | "etag">,
  traffic: readonly TrafficTarget[],
  signal: AbortSignal,
): Promise<void> {
  const { name, etag } = service;
  const url = `${place.run}/v2/${name}?updateMask=traffic`;
  const body = { name, etag, traffic };
  const operation = (await place.api.call(
    { method: "PATCH", url, body, once: true },
    signal,
  )) as RawOperation;
  if (operation.error !== undefined)
    throw new UserError(
      `Cloud Run did not move the traffic of ${shortName(name)}: ${oneLine(operation.error.message)}`,
    );
}

interface RawOperation {
  readonly error?: { readonly message?: string };
}

interface RawCondition {
  readonly type?: string;
  readonly state?: string;
  readonly message?: string;
}

interface RawContainer {
  readonly image?: string;
  readonly env?: readonly {
    readonly valueSource?: {
      readonly secretKeyRef?: { readonly secret?: string; readonly version?: string };
    };
  }[];
}

interface RawService {
  readonly name: string;
  readonly etag?: string;
  readonly reconciling?: boolean;
  /** 64-bit numbers, as texts. */
  readonly generation?: string;
  readonly observedGeneration?: string;
  readonly terminalCondition?: RawCondition;
  readonly latestCreatedRevision?: string;
  readonly latestReadyRevision?: string;
  readonly uri?: string;
  readonly template?: { readonly containers?: readonly RawContainer[] };
  readonly traffic?: readonly TrafficTarget[];
  readonly trafficStatuses?: readonly TrafficStatus[];
  readonly lastModifier?: string;
}

interface RawRevision {
  readonly name?: string;
  readonly deleteTime?: string;
  readonly conditions?: readonly RawCondition[];
  readonly containers?: readonly RawContainer[];
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

/** Google leaves out what is empty or 0, and other clients write it. */
function target({ type, revision, percent, tag }: TrafficTarget): TrafficTarget {
  return {
    type,
    ...(revision ? { revision: shortName(revision) ?? revision } : {}),
    ...(percent ? { percent } : {}),
    ...(tag ? { tag } : {}),
  };
}

const shortName = (name: string | undefined): string | undefined => name?.slice(name.lastIndexOf("/") + 1);

const oneLine = (text: string | undefined): string => (text ?? "").replaceAll(/\s+/g, " ").slice(0, 300);
