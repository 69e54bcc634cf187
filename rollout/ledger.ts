/** Milliseconds since 1970 (UTC), on Google's clock. */
export type Instant = number;

/**
 * Last known good revisions, and the intent of a rollout. The actual state is always read from Cloud Run. One object per
 * environment, written only by compare and swap.
 */
export interface Ledger {
  /** Version of this format. */
  readonly version: 2;
  readonly environment: string;
  /** By the service's name in the environment; in a further region by that with the region, "api-europe-west1". */
  readonly services: Readonly<Record<string, ServiceRecord>>;
  /** The last rollout, running or ended. */
  readonly rollout?: Rollout;
}

export interface ServiceRecord {
  /** Revision that is known to be good and gets the traffic; null before the first creation has been proven. */
  readonly stable: string | null;
  /** Its image by digest. */
  readonly image: string | null;
  /** The one before, in case stable is deleted. */
  readonly previous?: { readonly revision: string; readonly image: string };
  /** Templates that were rolled back: rolled out again only with `--again`. */
  readonly blocked: readonly BlockedTemplate[];
}

export interface BlockedTemplate {
  /** Hash of the template (`ObservedRevision.template`). */
  readonly template: string;
  readonly revision: string;
  readonly at: Instant;
  /** Id of the rollout that blocklisted it. */
  readonly rollout: string;
  readonly why: string;
}

export interface Rollout {
  readonly id: string;
  readonly startedAt: Instant;
  /** Services in dependency order: called services first. */
  readonly order: readonly string[];
  /** Percent of the traffic for a candidate, rising, the last one 100. Kept here: a resumed rollout takes the same steps. */
  readonly steps: readonly number[];
  /** Blocklisted templates may be rolled out again by this rollout. */
  readonly again: boolean;
  /** Who may act; null after it was released. */
  readonly lease: Lease | null;
  /** By the service's name. */
  readonly services: Readonly<Record<string, ServiceRollout>>;
  /** Set once, when the rollout stops; promoted services may still have to be reverted after it. */
  readonly stop?: Stop;
  /** Set when nothing is left to do. */
  readonly outcome?: Outcome;
  readonly endedAt?: Instant;
}

export interface Lease {
  /** Unique for a process. */
  readonly holder: string;
  readonly expires: Instant;
}

export type Outcome =
  /** Every service was promoted, or had nothing to roll out. */
  | "completed"
  /** Refused before anything was changed. */
  | "refused"
  /** Stable has all the traffic again. */
  | "rolled back"
  /** It stopped: no candidate has traffic, promoted services stay; or an external change was found and left alone. */
  | "stopped"
  /** The rollback failed, or the plan is not empty: needs a person. */
  | "failed";

/** Why a rollout stops. */
export interface Stop {
  readonly reason: StopReason;
  readonly service: string;
  readonly why: string;
  readonly at: Instant;
}

export type StopReason =
  /** A precondition is missing, or a template is blocklisted: nothing was changed. */
  | "refused"
  /** Terraform could not apply. */
  | "apply"
  /** Identity, contract or WebSocket: no traffic was moved. */
  | "gate"
  /** An objective was breached while the candidate had traffic. */
  | "breach"
  /** Too few samples until the deadline; missing data never passes. */
  | "inconclusive"
  /** A person asked for it. */
  | "abort"
  /** The lease of the process expired in the middle of a step. */
  | "lease"
  /** Somebody else changed the service or its traffic. */
  | "external change"
  /** The plan after the promotion is not empty. */
  | "proof";

/** The rollout of one service. */
export interface ServiceRollout {
  readonly phase: Phase;
  /** Since when it is in this phase. */
  readonly since: Instant;
  /** Stable when the rollout started, the target of a rollback; null where the rollout creates the service. */
  readonly from: string | null;
  readonly fromImage: string | null;
  /** Image by digest that the environment states. */
  readonly image: string;
  /** The new revision, from the identity gate on. */
  readonly candidate: string | null;
  /** Hash of the candidate's template. */
  readonly template: string | null;
  /** Its own steps, where the rollout's cannot hold: session affinity overrides a split. @default those of the rollout */
  readonly steps?: readonly number[];
  /** Position in its steps of the step that is entered or watched; -1 before the first. */
  readonly step: number;
  /** Intent of the last traffic change; the observed traffic must match it. */
  readonly intent: Intent | null;
  /** When the split of the step took effect: the soak starts here. */
  readonly confirmedAt: Instant | null;
  readonly verdicts: readonly RecordedVerdict[];
  /** Reason, for the phases that end it. */
  readonly why?: string;
}

export type Phase =
  | "waiting"
  /** Preconditions hold: a rollback is possible. */
  | "checked"
  | "applying"
  /** Gate 0: is the tag really the new revision? */
  | "identity"
  /** Gate 1: contract and WebSocket on the tag URL. */
  | "gate"
  /** A split is being written and confirmed. */
  | "shifting"
  | "soaking"
  /** Stable is the candidate's name from here on; Terraform's form of the traffic is being written. */
  | "promoting"
  /** The plan must be empty. */
  | "proving"
  | "promoted"
  /** The template is the same: nothing to roll out. */
  | "unchanged"
  /** Traffic is moving back to stable. */
  | "rolling back"
  | "rolled back"
  /** A promoted service moves back to the revision from before the rollout. */
  | "reverting"
  | "reverted"
  /** Ended without traffic for the candidate. */
  | "failed"
  /** The candidate serves and no rollback is possible. */
  | "rollback failed"
  /** Changed by somebody else, and left alone. */
  | "externally modified";

export interface Intent {
  readonly before: Split;
  readonly after: Split;
  readonly at: Instant;
  /** Cloud Run has confirmed it: a different split from now on is an external change. */
  readonly written: boolean;
}

/**
 * How the traffic is divided. `candidate: null` is Terraform's declared form: stable by name 100, the newest revision 0
 * with the tag "candidate". Otherwise both are named, and stable keeps an entry or a tag even at 0.
 */
export interface Split {
  /** null only before the first creation was promoted: the newest revision has 100. */
  readonly stable: string | null;
  readonly candidate: string | null;
  /** The candidate's percent, 0 to 100. */
  readonly percent: number;
}

export interface RecordedVerdict {
  readonly what: "check" | "apply" | "identity" | "gate" | "soak" | "proof";
  /** Percent of the step, for a soak. */
  readonly percent?: number;
  readonly verdict: "passed" | "failed" | "inconclusive";
  readonly why: string;
  readonly at: Instant;
}

/** Before the first rollout. */
export function emptyLedger(environment: string): Ledger {
  return { version: 2, environment, services: {} };
}

/** Percent of the traffic at each step of a service. */
export function stepsOf(rollout: Rollout, progress: ServiceRollout): readonly number[] {
  return progress.steps ?? rollout.steps;
}
