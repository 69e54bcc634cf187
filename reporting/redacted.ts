import { withoutSecretTexts } from "../resources/index.ts";
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
  "type",
  "action",
  "verdict",
  "rule",
  "environment",
  "source",
]);

/** A key of for_each in an address: `google_sql_user.app["key"]`. */
const KEY = /\["((?:[^"\\]|\\.)*)"\]/g;

/** Hides in a report, a list or a text what the input holds as a secret. */
export type Redact = <Report>(report: Report) => Report;

/**
 * The last door: what was hidden anywhere in the input is hidden in every sentence, also where it is encoded. In addresses
 * the keys of for_each are hidden alone, numbered, so that two of them stay two.
 *
 * @param addresses all that the report may name: the numbers are the same in everything that is written of one input
 */
export function redactor(secrets: ReadonlySet<string>, addresses: Iterable<string> = []): Redact {
  const withoutValues = maskOf(secrets);
  const isSecret = (key: string): boolean => withoutSecretTexts(withoutValues(key), SENSITIVE) !== key;
  const keys = [...addresses].flatMap((address) => [...address.matchAll(KEY)].map(([, key = ""]) => key));
  const hidden = [...new Set(keys)].filter(isSecret).sort();
  const numbers = new Map(hidden.map((key, index) => [key, index + 1]));
  const shown = (address: string): string =>
    address.replace(KEY, (whole, key: string) => {
      const number = numbers.get(key);
      if (number !== undefined) return `["(sensitive ${number})"]`;
      return isSecret(key) ? `["${SENSITIVE}"]` : whole;
    });
  if (secrets.size === 0 && hidden.length === 0) return (report) => report;
  return (report) =>
    withTexts(report, (text, key) => {
      const keyless = text.includes('["') ? shown(text) : text;
      return LOCATION_KEYS.has(key) ? keyless : withoutValues(keyless);
    });
}

/** True where a key of the address was hidden. */
export function hasHiddenKey(address: string): boolean {
  return /\["\(sensitive( \d+)?\)"\]/.test(address);
}

/** Why an address cannot be copied, for a person. */
export const HIDDEN_KEYS =
  'A key of for_each is a sensitive value here, and shown as "(sensitive 1)": the address that a command or an acknowledgement takes is in the output of "terraform state list". Name the keys by something that is no secret.';

/** One report; see `redactor`. */
export function redacted<Report>(
  report: Report,
  secrets: ReadonlySet<string>,
  addresses: Iterable<string> = [],
): Report {
  return redactor(secrets, addresses)(report);
}

function maskOf(secrets: ReadonlySet<string>): (text: string) => string {
  const telling = [...secrets].flatMap((secret) => [secret, ...linesOf(secret)]).filter(isTelling);
  if (telling.length === 0) return (text) => text;
  const sure = telling.filter((secret) => secret.length >= MIN_LENGTH);
  const long = alternatives(sure.flatMap(written).filter(({ length }) => length >= MIN_LENGTH));
  const short = alternatives(telling.filter((secret) => secret.length < MIN_LENGTH));
  const anywhere = long === undefined ? undefined : new RegExp(long, "g");
  const asWord = short === undefined ? undefined : new RegExp(`(?<![\\w-])(?:${short})(?![\\w-])`, "g");
  const withoutBase64 = withoutBase64Of(sure, SENSITIVE);
  return (text) => {
    const shown = anywhere === undefined ? text : text.replace(anywhere, SENSITIVE);
    const whole = asWord === undefined ? shown : shown.replace(asWord, SENSITIVE);
    return withoutCut(withoutBase64(whole), sure);
  };
}

/** In every spelling, and as a proposal for a name writes it: "x-hunter2" for "X_Hunter2". */
function written(secret: string): string[] {
  const lower = secret.toLowerCase();
  const proposed = /[^A-Za-z]/.test(secret)
    ? [lower, secret.toUpperCase(), lower.replaceAll(/[^a-z0-9]+/g, "-")]
    : [];
  return [...spellings(secret), ...proposed];
}

/** Where a long value was cut: its excerpt may end with the beginning of a secret, or begin with an end of one. */
const CUT = /…| ?\.\.\./g;

function withoutCut(text: string, secrets: readonly string[]): string {
  if (!text.includes("…") && !text.includes("...")) return text;
  const hidden: { readonly from: number; readonly to: number }[] = [];
  for (const { 0: mark, index } of text.matchAll(CUT)) {
    const after = index + mark.length;
    for (const secret of secrets) {
      const begun = beginningAt(text.slice(Math.max(0, index - secret.length), index), secret);
      if (begun > 0) hidden.push({ from: index - begun, to: index });
      const ended = endAt(text.slice(after, after + secret.length), secret);
      if (ended > 0) hidden.push({ from: after, to: after + ended });
    }
  }
  let shown = text;
  let last = text.length;
  for (const { from, to } of hidden.sort((a, b) => b.from - a.from || b.to - a.to)) {
    if (to > last) continue;
    shown = `${shown.slice(0, from)}${SENSITIVE}${shown.slice(to)}`;
    last = from;
  }
  return shown;
}

/** Characters at the end of the text that begin the secret; 0 where they are few. */
function beginningAt(text: string, secret: string): number {
  const first = secret.slice(0, MIN_LENGTH);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1))
    if (secret.startsWith(text.slice(at))) return text.length - at;
  return 0;
}

/** Characters at the beginning of the text that end the secret; 0 where they are few. */
function endAt(text: string, secret: string): number {
  const last = secret.slice(-MIN_LENGTH);
  for (let at = text.lastIndexOf(last); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(last, at - 1))
    if (secret.endsWith(text.slice(0, at + MIN_LENGTH))) return at + MIN_LENGTH;
  return 0;
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
