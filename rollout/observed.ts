/** The current state of a service in Cloud Run. */
export interface ObservedService {
  /** Name in the environment. */
  readonly service: string;
  readonly etag: string;
  /** Cloud Run still works on the last change: `reconciling`, or `observedGeneration` behind `generation`. */
  readonly reconciling: boolean;
  /** The terminal condition. */
  readonly terminal: "succeeded" | "failed" | "pending";
  /** Its message. */
  readonly message: string;
  /** Short name of the revision ("backend-00012-abc"), not the resource's path. */
  readonly latestCreated: string | null;
  readonly latestReady: string | null;
  /** The requested traffic: `traffic`, in its order. */
  readonly asked: readonly Target[];
  /** The effective traffic: `trafficStatuses`. */
  readonly serving: readonly Target[];
  /** Revisions named by traffic, latest or the ledger; deleted ones are missing. */
  readonly revisions: Readonly<Record<string, ObservedRevision>>;
}

export interface Target {
  /** "LATEST" is the newest *ready* revision, whichever that is; in `serving` it is resolved to a name. */
  readonly revision: string;
  /** 0 to 100. */
  readonly percent: number;
  readonly tag?: string;
}

export interface ObservedRevision {
  readonly ready: boolean;
  /** Image of the serving container, by digest. */
  readonly image: string;
  /** Hash of everything that its template states; the same for two revisions of the same template. */
  readonly template: string;
}

/** The newest ready revision in `Target.revision`. */
export const LATEST = "LATEST";

/** Tag of the new revision in the traffic. */
export const CANDIDATE_TAG = "candidate";
