import { spellings, withoutBase64Of } from "../values/encodings.ts";
import { withTexts } from "./escape.ts";
import { SENSITIVE } from "./sensitive.ts";

/** Characters from which on a text is a secret wherever it stands; numbers and lines of a longer text stand in many places. */
const MIN_LENGTH = 6;
const MIN_DIGITS = 9;
const MIN_LINE_LENGTH = 12;
/** Shorter ones are hidden where they stand alone. */
const MIN_WORD_LENGTH = 3;

/** Keys whose values say where something is: an acknowledgement must be able to name it. */
const LOCATION_KEYS = new Set([
  "address",
  "stack",
  "name",
  "type",
  "action",
  "verdict",
  "rule",
  "environment",
  "source",
]);

/** The last door: what was hidden anywhere in the input is hidden in every sentence, also where it is encoded. */
export function redacted<Report>(report: Report, secrets: ReadonlySet<string>): Report {
  const telling = [...secrets].flatMap((secret) => [secret, ...linesOf(secret)]).filter(isTelling);
  if (telling.length === 0) return report;
  const sure = telling.filter((secret) => secret.length >= MIN_LENGTH);
  const long = alternatives(sure.flatMap(spellings).filter(({ length }) => length >= MIN_LENGTH));
  const short = alternatives(telling.filter((secret) => secret.length < MIN_LENGTH));
  const anywhere = long === undefined ? undefined : new RegExp(long, "g");
  const asWord = short === undefined ? undefined : new RegExp(`(?<![\\w-])(?:${short})(?![\\w-])`, "g");
  const withoutBase64 = withoutBase64Of(sure, SENSITIVE);
  return withTexts(report, (text, key) => {
    if (LOCATION_KEYS.has(key)) return text;
    const shown = anywhere === undefined ? text : text.replace(anywhere, SENSITIVE);
    const whole = asWord === undefined ? shown : shown.replace(asWord, SENSITIVE);
    return withoutBase64(whole);
  });
}

function isTelling(secret: string): boolean {
  if (/^[\d.]+$/.test(secret)) return !secret.includes(".") && secret.length >= MIN_DIGITS;
  if (secret.length >= MIN_LENGTH) return true;
  // A short word is one of the language; with a digit or a sign among its letters it is not.
  return secret.length >= MIN_WORD_LENGTH && /[A-Za-z]/.test(secret) && /[^A-Za-z\s]/.test(secret);
}

/** One line of a key or of a file gives away a part of it. */
function linesOf(secret: string): string[] {
  if (!secret.includes("\n")) return [];
  return secret
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= MIN_LINE_LENGTH && !line.startsWith("-----"));
}

/** Of several texts the longest counts: one secret may begin like another. */
function alternatives(texts: readonly string[]): string | undefined {
  const longestFirst = [...new Set(texts)].sort((a, b) => b.length - a.length);
  return longestFirst.length === 0 ? undefined : longestFirst.map(literally).join("|");
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
