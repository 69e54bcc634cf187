import { block, code, plain } from "../../reporting/escape.ts";
import { type Section, shortened } from "../../reporting/fit.ts";
import { HIDDEN_KEYS, hasHiddenKey } from "../../reporting/redacted.ts";
import type { Review, ReviewedDestruction } from "../review.ts";

/** How long a proposed acknowledgement holds: one deployment and its repetition. */
const DAYS = 14;

/** Destructive changes, the acknowledgements to add, and unused ones. */
export function guardSections(review: Review): Section[] {
  const { destructive, unusedAcknowledgements } = review;
  const open = destructive.filter(({ acknowledgement }) => acknowledgement === undefined);
  const done = destructive.filter(({ acknowledgement }) => acknowledgement !== undefined);
  return [
    list("Destructive, and not acknowledged", open, 2),
    proposal(review, open),
    list("Destructive, and acknowledged", done, 4),
    {
      what: "acknowledgements that cover nothing",
      rank: 5,
      versions:
        unusedAcknowledgements.length === 0
          ? [""]
          : titled(
              "Acknowledgements that are no longer needed",
              unusedAcknowledgements.map(
                ({ acknowledgement, why }) =>
                  `- ${code(acknowledgement.address)} (${acknowledgement.action}): ${plain(why)}`,
              ),
            ),
    },
  ];
}

function list(heading: string, changes: readonly ReviewedDestruction[], rank: number): Section {
  const items = changes.map(
    ({ address, action, consequences, acknowledgement }) =>
      `- **${action}** ${code(address)}: ${consequences.map(plain).join(" ")}${
        acknowledgement === undefined
          ? ""
          : ` _Acknowledged until ${plain(acknowledgement.expires)}: ${plain(acknowledgement.reason)}_`
      }`,
  );
  return { what: heading.toLowerCase(), rank, versions: items.length === 0 ? [""] : titled(heading, items) };
}

function titled(heading: string, items: readonly string[]): string[] {
  return shortened(items, [100, 50, 20, 5]).map((text) => `### ${heading}\n\n${text}`);
}

/** To be copied into the environment file; a person writes the reason. */
function proposal({ environment }: Review, open: readonly ReviewedDestruction[]): Section {
  if (open.length === 0) return { what: "", rank: 3, versions: [""] };
  const lines = open.map(({ stack, address, action }) => {
    const isTwice = open.some(
      (other) => other.address === address && other.action === action && other.stack !== stack,
    );
    const written = isTwice ? `${stack}: ${address}` : address;
    const line = `  { address: ${JSON.stringify(written)}, action: "${action}", reason: "…", expires: "YYYY-MM-DD" },`;
    return line;
  });
  const text = `If this is meant, write it into \`environments/${environment.replace(/[^\w.-]/g, "")}.ts\`, with the reason and a last day about ${DAYS} days ahead:`;
  const hidden = open.some(({ address }) => hasHiddenKey(address)) ? `\n\n${plain(HIDDEN_KEYS)}` : "";
  const full = `${text}\n\n${block(["acknowledgements: [", ...new Set(lines), "],"], "ts")}${hidden}`;
  return { what: "the acknowledgements to copy", rank: 6, versions: [full, ""] };
}
