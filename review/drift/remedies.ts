import { holdsData } from "../../resources/index.ts";
import type { Finding } from "../../rules/rule.ts";
import type { Difference } from "./report.ts";

/** How to take a drift in or put it back, one sentence each. */
export function remedies(drift: Difference, breaks: readonly Finding[], environment: string): string[] {
  if (drift.isDeleted) return [ofDeleted(drift, breaks, environment)];
  return [...putBack(drift, environment), ...takeIn(drift, breaks, environment)];
}

function ofDeleted({ type }: Difference, breaks: readonly Finding[], environment: string): string {
  const again = `npm run deploy -- ${environment} recreates it`;
  if (holdsData(type)) return `It is gone: ${again}, empty; look for a backup first.`;
  return breaks.length > 0
    ? `It is gone: ${again}.`
    : `It is gone: ${again}. To do without it, remove it from environments/${environment}.ts.`;
}

function putBack(drift: Difference, environment: string): string[] {
  const deploy = `npm run deploy -- ${environment}`;
  const paths = drift.attributes.map(({ path }) => path).join(", ");
  switch (drift.putBack) {
    case "update":
      return [`To revert it: ${deploy}, which changes it in place.`];
    case "replace":
      return [
        `Careful: ${deploy} would revert it by REPLACING the resource (${paths}); the review shows the impact and asks for an acknowledgement.`,
      ];
    case "create":
      return [`To revert it: ${deploy}, which recreates it.`];
    case "none":
      return [
        `${deploy} leaves it as it is, because the code does not set it: revert it where it was changed.`,
      ];
    case "unknown":
      return [`To revert it: ${deploy}, whose review shows how.`];
  }
}

function takeIn({ attributes }: Difference, breaks: readonly Finding[], environment: string): string[] {
  const stated = attributes.flatMap(({ statedBy, after = "not set" }) =>
    statedBy === undefined ? [] : [`${statedBy} (now ${after})`],
  );
  if (stated.length === 0) return [];
  const file = `environments/${environment}.ts`;
  const refusing = breaks.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
  return refusing.length > 0
    ? [`It cannot be kept: ${[...new Set(refusing)].join(", ")} would reject ${list(stated)}.`]
    : [`To keep it: set in ${file} ${list(stated)}.`];
}

function list(items: readonly string[]): string {
  return [...new Set(items)].join(", ");
}
