import type { Level } from "../review.ts";

/** One budget on one side of the plans. */
export interface Reading {
  /** The same on both sides. */
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly level: Level | undefined;
  readonly how: string;
}
