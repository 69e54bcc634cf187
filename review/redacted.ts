import { SENSITIVE } from "./plan/mask.ts";

/** Shorter texts stand in too many places to be taken for a secret; of numbers, shorter ones than these. */
const MIN_LENGTH = 6;
const MIN_DIGITS = 9;

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

/** The last door: what was hidden anywhere in the plans is hidden in every sentence, also where it is encoded. */
export function redacted<Report>(report: Report, secrets: ReadonlySet<string>): Report {
  const texts = new Set([...secrets].filter(isTelling).flatMap(written));
  if (texts.size === 0) return report;
  // The longest first: one secret may begin like another.
  const longestFirst = [...texts].sort((a, b) => b.length - a.length);
  return hide(report, new RegExp(longestFirst.map(literally).join("|"), "g"), "") as Report;
}

function isTelling(secret: string): boolean {
  return /^[\d.]+$/.test(secret)
    ? !secret.includes(".") && secret.length >= MIN_DIGITS
    : secret.length >= MIN_LENGTH;
}

/** The ways in which a text is written: plain, within JSON, in a URL, in base64. */
function written(secret: string): string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    // Half a character, which JSON may hold, cannot stand in a URL.
    encodeURIComponent(secret.replace(/\p{Surrogate}/gu, "")),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("base64url"),
  ].filter((text) => text.length >= MIN_LENGTH);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function hide(value: unknown, secrets: RegExp, key: string): unknown {
  if (typeof value === "string") return LOCATION_KEYS.has(key) ? value : value.replace(secrets, SENSITIVE);
  if (Array.isArray(value)) return value.map((item) => hide(item, secrets, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hide(item, secrets, name)]));
}
