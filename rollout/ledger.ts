/** Milliseconds since 1970 (UTC). */
export type Instant = number;

/**
 * What is known to be good, and what a rollout intends. It is a log of intent: the truth is always read again from Cloud
 * Run. One object per environment, written only by compare and swap.
 */
export interface Ledger {
  /** Version of this shape. */
  readonly version: 2;
  readonly environment: string;
  /** By the service's name in the environment. */
  readonly services: Readonly<Record<string, ServiceRecord>>;
  /** The last rollout, running or ended. */
  readonly rollout?: Rollout;
}

export interface ServiceRecord {
  /** Revision that is known to be good and gets the traffic; null before the first creation has been proven. */
  readonly stable: string | null;
  /** Its image by digest. */
  readonly image: string | null;
  /** The one before, for the day on which stable has been deleted. */
  readonly previous?: { readonly revision: string; readonly image: string };
  /** Templates that were rolled back: not rolled out again by themselves. */
  readonly blocked: readonly BlockedTemplate[];
}

export interface BlockedTemplate {
  /** Hash of the template (`ObservedRevision.template`). */
  readonly template: string;
  readonly revision: string;
  readonly at: Instant;
  /** Id of the rollout that froze it. */
  readonly rollout: string;
  readonly why: string;
}

export interface Rollout {
  readonly id: string;
  readonly startedAt: Instant;
  /** Services in the order of their dependencies: who is called comes first. */
  readonly order: readonly string[];
  /** Percent of the traffic for a candidate, rising, the last one 100. Kept here: a resumed rollout takes the same steps. */
  readonly steps: readonly number[];
  /** Blocklisted templates may be rolled out again by this rollout. */
  readonly again: boolean;
  /** Who may act; null once it was given back. */
  readonly lease: Lease | null;
  /** By the service's name. */
  readonly services: Readonly<Record<string, ServiceRollout>>;
  /** Set once, when the rollout goes no further; promoted services may still have to be undone after it. */
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
  /** Refused before anything was touched. */
  | "refused"
  /** Taken back to stable. */
  | "rolled back"
  /** It went no further: nothing unproven serves, what had been promoted stays; or somebody else acted, and all is left so. */
  | "stopped"
  /** It could not be taken back, or its plan is not empty: a person has to look. */
  | "failed";

/** Why a rollout goes no further. */
export interface Stop {
  readonly reason: StopReason;
  readonly service: string;
  readonly why: string;
  readonly at: Instant;
}

export type StopReason =
  /** A precondition is missing, or a template is blocklisted: nothing was touched. */
  | "refused"
  /** Terraform could not apply. */
  | "apply"
  /** Identity, contract or WebSocket: no traffic was moved. */
  | "gate"
  /** An objective was broken under traffic. */
  | "breach"
  /** Too little was seen until the deadline; silence never passes. */
  | "inconclusive"
  /** A person asked for it. */
  | "abort"
  /** The holder died in the middle of a step. */
  | "lease"
  /** Somebody else changed the service. */
  | "external change"
  /** The plan after the promotion is not empty. */
  | "proof";

/** One service on the rollout. */
export interface ServiceRollout {
  readonly phase: Phase;
  /** Since when it is in this phase. */
  readonly since: Instant;
  /** Stable when the rollout started: where a return leads; null where the rollout creates the service. */
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
  /** What the last write of traffic was meant to do; what is found must be explained by it. */
  readonly intent: Intent | null;
  /** When the split of the step was seen in force: the soak's clock starts here. */
  readonly confirmedAt: Instant | null;
  readonly verdicts: readonly RecordedVerdict[];
  /** Told to a person, for the phases that ended it. */
  readonly why?: string;
}

export type Phase =
  | "waiting"
  /** Preconditions hold: there is a rollback. */
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
  /** On the rollback to stable. */
  | "rolling back"
  | "rolled back"
  /** A promoted service on the rollback to what it was before the rollout. */
  | "reverting"
  | "reverted"
  /** Ended without traffic for the candidate. */
  | "failed"
  /** The candidate serves and there is no rollback. */
  | "rollback failed"
  /** Left as somebody else made it. */
  | "externally modified";

export interface Intent {
  readonly before: Split;
  readonly after: Split;
  readonly at: Instant;
  /** It was seen in `asked`, or Cloud Run said so: what undoes it now is somebody else. */
  readonly written: boolean;
}

/**
 * How the traffic is divided. `candidate: null` is Terraform's declared form: stable by name 100, the newest revision 0
 * with the tag "candidate". Otherwise both stand by name, and stable keeps an entry or a tag even at 0.
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
