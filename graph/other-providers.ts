import { enumerated } from "../values/enumerated.ts";
import { plural } from "../values/words.ts";
import type { Input } from "./input.ts";

/** Providers of which resources are judged, or that make nothing outside of the configuration. */
const KNOWN =
  /^(google|kubernetes|kubectl|random|null|time|tls|local|archive|external|http|template|terraform)(_|$)/;
const MAX_NAMED = 5;
/** Names of a plan are whatever somebody wrote. */
const MAX_LENGTH = 80;

/** One sentence on the resources of all inputs of which no rule knows anything, so that no finding says nothing. */
export function otherProviderNotes(inputs: readonly Input[]): string[] {
  const types = inputs
    .flatMap(({ resources }) => resources)
    .filter(({ mode, type }) => mode === "managed" && !KNOWN.test(type))
    .map(({ type }) => type);
  if (types.length === 0) return [];
  const names = [...new Set(types.map((type) => type.slice(0, MAX_LENGTH)))].sort();
  const more = names.length - MAX_NAMED;
  const named = [...names.slice(0, MAX_NAMED), ...(more > 0 ? [`${more} more`] : [])];
  return [
    `${plural(types.length, "resource")} of other providers ${types.length === 1 ? "was" : "were"} read and not judged: no rule knows ${enumerated(named, "and")}.`,
  ];
}
