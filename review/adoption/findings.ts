import type { Value } from "../../graph/index.ts";

export type Plain = string | number | boolean;

/** One number that the environment states, and where an existing resource has it. */
export interface NumberToCompare {
  /** "database.tier"; what the platform fixes for every environment starts with "platform:". */
  readonly path: string;
  readonly stated: Plain;
  /** Undefined where the input does not state it. */
  readonly found: Value | undefined;
  /** What a deployment does about a difference. */
  readonly effect: string;
}

/** A number that is not what the environment states. */
export interface Disagreement {
  /** Where the environment states it. */
  readonly path: string;
  /** Where it was found. */
  readonly address: string;
  readonly stated: string;
  readonly found: string;
  /** What a deployment does about it. */
  readonly effect: string;
}
