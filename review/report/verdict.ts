import type { Review } from "../review.ts";

export interface VerdictWords {
  readonly text: string;
  readonly tone: "good" | "warn" | "bad";
}

const VERDICTS: Readonly<Record<Review["verdict"], VerdictWords>> = {
  safe: { text: "Safe", tone: "good" },
  "needs acknowledgement": { text: "Needs acknowledgement", tone: "warn" },
  refused: { text: "Refused", tone: "bad" },
};

/** The verdict in words: nothing is safe whose plans may be of another environment. */
export function verdictWords({
  verdict,
  planWarnings,
}: Pick<Review, "verdict" | "planWarnings">): VerdictWords {
  return planWarnings.length > 0 && verdict === "safe"
    ? { text: "Safe, if these plans were the right ones", tone: "warn" }
    : VERDICTS[verdict];
}
