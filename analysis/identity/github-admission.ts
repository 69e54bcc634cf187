import { HOLE } from "../references/text.ts";
import { blanked, hasUnknownCode, namesIn, splitAt, textsIn } from "./cel.ts";
import type { Mapping } from "./github-provider.ts";

/** "open": tokens are admitted that differ in every claim in question. */
export type Admission = "restricted" | "open" | "unknown";

/** Claims that identify the owner of a repository, the repository itself, and either by immutable ids. */
export const OWNERS = ["repository", "repository_id", "repository_owner", "repository_owner_id", "sub"];
export const REPOSITORIES = ["repository", "repository_id", "sub"];
export const IDS = ["repository_id", "repository_owner_id"];

/** Claims that anybody can satisfy in a repository of their own. */
const ANYBODYS = new Set([
  ...["aud", "base_ref", "environment", "event_name", "head_ref", "iss", "jti", "ref", "ref_protected"],
  ...["ref_type", "repository_visibility", "run_attempt", "run_id", "run_number", "runner_environment"],
  ...["sha", "workflow"],
]);

/** Whether a condition admits tokens that differ in all of the claims. A condition that cannot be read is unknown, never open. */
export function admission(
  condition: string,
  mapping: Mapping | undefined,
  claims: readonly string[],
): Admission {
  const [whole = "", ...others] = splitAt(condition, "||");
  const any = [whole, ...others].map((part) => all(part, mapping, claims));
  return any.includes("open") ? "open" : any.includes("unknown") ? "unknown" : "restricted";
}

function all(condition: string, mapping: Mapping | undefined, claims: readonly string[]): Admission {
  const parts = splitAt(condition, "&&");
  const [only = ""] = parts;
  const answers =
    parts.length > 1
      ? parts.map((part) => admission(part, mapping, claims))
      : [splitAt(only, "||").length > 1 ? admission(only, mapping, claims) : one(only, mapping, claims)];
  return answers.includes("restricted") ? "restricted" : answers.includes("unknown") ? "unknown" : "open";
}

function one(term: string, mapping: Mapping | undefined, claims: readonly string[]): Admission {
  if (term === "true") return "open";
  const code = blanked(term);
  if (hasUnknownCode(term) || /^!|\?/.test(code)) return "unknown";
  const used = claimsOf(term, mapping);
  if (used === undefined || used.length === 0) return "unknown";
  const asked = used.filter((claim) => claims.includes(claim));
  // An immutable subject holds the ids: "repository_id:1234", "repo:acme@12/shop@34".
  if (used.includes("sub") && !claims.includes("sub") && /_id:|@|\uE000/.test(term)) return "unknown";
  if (asked.length === 0)
    return used.every((claim) => ANYBODYS.has(claim) || OWNERS.includes(claim)) ? "open" : "unknown";
  if (/^has\s*\(|!=/.test(code)) return "open";
  const [, method] = /\.(startsWith|endsWith|contains|matches)\s*\(/.exec(code) ?? [];
  if (method !== undefined) return partly(method, textsIn(term).at(-1) ?? HOLE);
  return /==|\bin\b/.test(code) ? "restricted" : "unknown";
}

/** A part of a name is no name: "acme" begins "acme-of-somebody-else", and "/shop" ends everybody's shop. */
function partly(method: string, text: string): Admission {
  // No other part of a subject may hold a colon: this can stand at its beginning only.
  if (/^\^?repo:[\w.\uE000\\-]+\//.test(text))
    return text.includes("|") && !text.includes("(") ? "unknown" : "restricted";
  if (method === "startsWith") return /^[^/:]+\//.test(text) ? "restricted" : unlessHole(text);
  if (method !== "matches") return unlessHole(text);
  // RE2 finds a pattern anywhere in the text, unless it is tied to the beginning.
  if (/^\^[\w.\uE000\\-]+\//.test(text)) return text.includes("|") ? "unknown" : "restricted";
  return text.startsWith("^") ? "unknown" : unlessHole(text);
}

function unlessHole(text: string): Admission {
  return text.includes(HOLE) ? "unknown" : "open";
}

/** The claims of the token behind the names of an expression; undefined where one cannot be known. */
export function claimsOf(expression: string, mapping: Mapping | undefined): string[] | undefined {
  const claims: string[] = [];
  for (const name of namesIn(expression)) {
    const [root, claim = ""] = name.split(".");
    if (root === "assertion") claims.push(claim);
    else {
      const made = mapping?.get(name);
      if (made === undefined) return undefined;
      claims.push(...namesIn(made).map((each) => each.split(".")[1] ?? ""));
    }
  }
  return claims;
}
