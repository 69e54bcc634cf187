import type { Finding } from "../../rules/rule.ts";
import type { NotServingLatest } from "../serving/not-serving-latest.ts";

/** One attribute that was changed outside the code; sensitive values read "(sensitive)". */
export interface DriftedAttribute {
  /** Dotted, with list indexes: "template.0.timeout". */
  readonly path: string;
  /** Its value in the state, as JSON; undefined where it was not set. */
  readonly before: string | undefined;
  /** What it is now. */
  readonly after: string | undefined;
  /** The setting of the environment behind it: "network.connector.maxInstances". */
  readonly statedBy: string | undefined;
  /** True where only a newer provider has read it for the first time (review/plan/first-reads.ts). */
  readonly isFirstRead: boolean;
}

/**
 * What a deployment would do about it.
 * - none: the code does not state what was changed
 * - unknown: there is no plan of it
 */
export type PutBack = "update" | "replace" | "create" | "none" | "unknown";

export interface Drift {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** True where the resource is gone. */
  readonly isDeleted: boolean;
  /** Empty where it is gone. */
  readonly attributes: readonly DriftedAttribute[];
  readonly putBack: PutBack;
  /** What the rule book says only because of this drift. */
  readonly breaks: readonly Finding[];
  /** How to take it in or put it back, one sentence each. */
  readonly remedies: readonly string[];
}

/** A drift before the rules are evaluated. */
export type Difference = Omit<Drift, "breaks" | "remedies">;

export interface DriftReport {
  readonly environment: string;
  readonly drifted: readonly Drift[];
  /** Services that are declared and do not serve, although a plan may be empty. */
  readonly notServingLatest: readonly NotServingLatest[];
  /** Differences that the code does not state, and that break nothing. They are no drift. */
  readonly noticed: readonly Drift[];
  /**
   * Attributes that a newer provider has read for the first time, and of how many resources; nobody has changed them. A
   * deployment that applies something writes them into the state.
   */
  readonly firstReads: readonly { readonly attribute: string; readonly resources: number }[];
  /** What the rule book says only because of several drifts together. */
  readonly breaksTogether: readonly Finding[];
  /** Stacks that could not be checked, and why. */
  readonly failed: readonly { readonly stack: string; readonly why: string }[];
  /** Stacks that were never deployed, as far as their state says. */
  readonly withoutState: readonly string[];
}

/**
 * The exit code: 0 none, 1 drift or a service that is declared and does not serve, 2 could not look. One stack that cannot be looked at is enough for 2, and so is an environment
 * without any state, which was never deployed, or whose state is looked for in the wrong place.
 */
export function driftExitCode(report: DriftReport, stacks: number): 0 | 1 | 2 {
  if (report.failed.length > 0 || report.withoutState.length === stacks) return 2;
  return report.drifted.length > 0 || report.notServingLatest.length > 0 ? 1 : 0;
}
