import { SENSITIVE } from "./plan/mask.ts";

/** Shorter texts stand in too many places to be taken for a secret; of numbers, shorter ones than these. */
const SHORTEST = 6;
const SHORTEST_NUMBER = 9;

/** Keys whose values say where something is: an acknowledgement must be able to name it. */
const PLACES = new Set([
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

/** The last door: what was hidden anywhere in the plans is hidden in every sentence. */
export function redacted<Report>(report: Report, secrets: ReadonlySet<string>): Report {
  const texts = [...secrets]
    .filter(isTelling)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("base64url"),
    ])
    .sort((a, b) => b.length - a.length);
  const unique = [...new Set(texts)];
  return unique.length === 0 ? report : (hide(report, unique, "") as Report);
}

function isTelling(secret: string): boolean {
  return /^[\d.]+$/.test(secret)
    ? !secret.includes(".") && secret.length >= SHORTEST_NUMBER
    : secret.length >= SHORTEST;
}

function hide(value: unknown, secrets: readonly string[], key: string): unknown {
  if (typeof value === "string")
    return PLACES.has(key)
      ? value
      : secrets.reduce((text, secret) => text.replaceAll(secret, SENSITIVE), value);
  if (Array.isArray(value)) return value.map((item) => hide(item, secrets, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hide(item, secrets, name)]));
}
