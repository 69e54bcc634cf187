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
  const long = alternatives(telling.filter((secret) => secret.length >= MIN_LENGTH).flatMap(written));
  const short = alternatives(telling.filter((secret) => secret.length < MIN_LENGTH));
  const anywhere = long === undefined ? undefined : new RegExp(long, "g");
  const asWord = short === undefined ? undefined : new RegExp(`(?<![\\w-])(?:${short})(?![\\w-])`, "g");
  const inBytes = telling
    .filter((secret) => secret.length >= MIN_LENGTH)
    .map((secret) => Buffer.from(secret).toString("latin1"));
  return withTexts(report, (text, key) => {
    if (LOCATION_KEYS.has(key)) return text;
    const shown = anywhere === undefined ? text : text.replace(anywhere, SENSITIVE);
    const whole = asWord === undefined ? shown : shown.replace(asWord, SENSITIVE);
    // A run of base64 may hold a secret next to what is none: `user:secret`.
    return whole.replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => (encodes(run, inBytes) ? SENSITIVE : run));
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

/** The ways in which a text is written: plain, in JSON, in JSON within JSON, as Go writes JSON, in a URL, in hexadecimal. */
function written(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const go = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  // Half a character, which JSON may hold, cannot stand in a URL.
  const url = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, ""));
  const form = url.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const hex = Buffer.from(secret).toString("hex");
  return [
    secret,
    ...[json, go].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]),
    ...[url, form].flatMap((text) => [
      text,
      text.replaceAll("%20", "+"),
      text.replace(/%../g, (code) => code.toLowerCase()),
    ]),
    hex,
    hex.toUpperCase(),
  ].filter((text) => text.length >= MIN_LENGTH);
}

/** True where the run of letters is base64 of a text that holds one of the secrets, wherever its own beginning is. */
function encodes(run: string, secrets: readonly string[]): boolean {
  return [0, 1, 2, 3].some((start) => {
    const decoded = Buffer.from(run.slice(start), "base64").toString("latin1");
    return secrets.some((secret) => decoded.includes(secret));
  });
}

/** Of several texts the longest counts: one secret may begin like another. */
function alternatives(texts: readonly string[]): string | undefined {
  const longestFirst = [...new Set(texts)].sort((a, b) => b.length - a.length);
  return longestFirst.length === 0 ? undefined : longestFirst.map(literally).join("|");
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
