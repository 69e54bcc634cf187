import { UserError } from "../platform/user-error.ts";

/** First line of a report, by which the next run finds the comment or issue of this one. */
const MARKER = /^<!-- [\w./:-]+ -->$/;

export type Written = "created" | "updated" | "unchanged" | "closed" | "nothing to close";

/** A POST whose response was lost: it may have been carried out. */
export class LostResponse extends UserError {}

/** @throws UserError where the report does not begin with its marker */
export function markerOf(report: string): string {
  const [first = ""] = report.split("\n", 1);
  if (MARKER.test(first)) return first;
  throw new UserError(
    "The report does not begin with a marker like <!-- drift:staging -->: it is not written.",
  );
}

/** Whether a text is a report with this marker. */
export const hasMarker = (text: unknown, marker: string): boolean =>
  typeof text === "string" && text.split(/\r?\n/, 1)[0] === marker;

/** A write whose response was lost looks again first: what it created is there, or is created now. */
export async function againIfLost(write: () => Promise<Written>): Promise<Written> {
  return write().catch((error: unknown) => {
    if (error instanceof LostResponse) return write();
    throw error;
  });
}
