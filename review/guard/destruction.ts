import type { AcknowledgedAction } from "../review.ts";

/** What a change destroys, under the word that its acknowledgement needs. */
export interface Destruction {
  readonly stack: string;
  readonly address: string;
  readonly action: AcknowledgedAction;
  readonly losses: readonly string[];
}
