import type { PlannedChange } from "../../plan/planned-change.ts";
import type { Surroundings } from "../../surroundings.ts";

/** What a removal, and a removal with a new one in its place, takes away. */
export interface Removal {
  readonly types: readonly string[];
  /** What a person calls it. */
  readonly noun: string;
  /** What is lost when it is destroyed; undefined where nothing is. */
  readonly destroyed: Consequence | undefined;
  /** What is lost when it is replaced; undefined where nothing is. */
  readonly replaced: Consequence | undefined;
  /** True where what is left over of a failed replacement still holds data. */
  readonly holdsData?: boolean;
}

export type Consequence = string | ((change: PlannedChange, around: Surroundings) => string | undefined);

/** What is said where nobody has said yet what a kind holds. */
export const UNKNOWN_KIND =
  "whether it holds data or carries traffic is not known to this guard, so a person decides";
