import type { AttributeFacts, TypeFacts } from "../../resources/facts/index.ts";
import { NEWEST_PROVIDER } from "../../resources/versions.ts";
import { nearest } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";
import { acrossVersions, mayBeNewer } from "./across-versions.ts";
import { misspelled } from "./misspelling.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { type Subject, subjects } from "./subject.ts";
import { itemsOf, type WrittenAttribute, writtenAttributes } from "./written.ts";

/** Longer lists are not read to their end. */
const mostShown = 12;

function listed(words: readonly string[]): string {
  const shown = words.slice(0, mostShown).join(", ");
  return words.length > mostShown ? `${shown} and ${words.length - mostShown} more` : shown;
}

function wordsOf({ enum: words = [] }: AttributeFacts): string[] {
  return words.map(String).filter((word) => word !== "");
}

/** The words of the provider where it does not accept the value. */
function refused(value: string, facts: AttributeFacts | undefined): string[] | undefined {
  if (facts?.enum === undefined) return undefined;
  const words = wordsOf(facts);
  return (facts.anyCase === true ? isAmong(value, words) : words.includes(value)) ? undefined : words;
}

/** In any case: the API, and what the provider makes of words for it, accept both. */
function isAmong(value: string, words: readonly string[]): boolean {
  return words.some((word) => word.toLowerCase() === value.toLowerCase());
}

function violationOf(
  subject: Subject,
  facts: TypeFacts,
  { path, facts: ofPath }: WrittenAttribute,
  value: string,
): Violation | undefined {
  const { resource, provider } = subject;
  const outcome = ofPath.states(["enum"])
    ? acrossVersions(subject, ofPath.knownPeriods, (known) => refused(value, known))
    : undefined;
  const apiWords = (facts.apiWords(path) ?? []).filter((word) => !word.endsWith("_UNSPECIFIED"));
  if (outcome !== undefined) {
    const words = outcome.issue;
    const meant = misspelled(value, words);
    const isCertain = outcome.severity === "error" && (meant !== undefined || !mayBeNewer(subject));
    const close = meant ?? nearest(value, words) ?? words[0];
    return {
      resource,
      severity: isCertain ? "error" : "warning",
      message: `${path} is "${value}"; rejected at plan${outcome.where}: ${provider} ${isCertain ? "" : `up to ${NEWEST_PROVIDER} `}accepts ${listed(words)}.`,
      fix: `Write one of them${close === undefined ? "" : `, for example ${close}`}.`,
    };
  }
  // Where the provider checks nothing, the API does; it may know words that its public description does not list.
  if (apiWords.length === 0 || isAmong(value, apiWords) || ofPath.newest?.enum !== undefined)
    return undefined;
  const close = nearest(value, apiWords) ?? apiWords[0];
  return {
    resource,
    severity: "warning",
    message: `${path} is "${value}"; rejected by the API: it knows ${listed(apiWords)}.`,
    fix: `Write one of them${close === undefined ? "" : `, for example ${close}`}.`,
  };
}

export const unknownValue: Rule = {
  id: "schema/unknown-value",
  why: "A word that is not in an enumeration of the provider stops the plan, one that the API does not know the apply.",
  limit: "the enumerations of the provider's version and of the API",
  fix: "Write one of the words, in this spelling.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { facts } = subject;
      if (facts === undefined) continue;
      for (const written of writtenAttributes(subject)) {
        for (const item of itemsOf(written.value)) {
          if ((typeof item !== "string" && typeof item !== "number") || item === "") continue;
          const violation = violationOf(subject, facts, written, String(item));
          if (violation !== undefined)
            yield { ...violation, source: documentation(facts.type), givesWayOn: [written.path] };
        }
      }
    }
  },
};
