import { factsOf, type PathFacts, type TypeFacts } from "../../resources/facts/index.ts";
import { NEWEST_PROVIDER } from "../../resources/versions.ts";
import { nearest } from "../../values/nearest.ts";
import type { Rule, Violation } from "../rule.ts";
import { acrossVersions, mayBeNewer, memoizeByPath, type Outcome } from "./across-versions.ts";
import { misspelled } from "./misspelling.ts";
import { documentation, PROVIDER } from "./sources.ts";
import { type Subject, subjects } from "./subject.ts";
import { described } from "./validity.ts";
import { type WrittenAttribute, writtenAttributes } from "./written.ts";

/** "settings of google_sql_database_instance". */
function placeOf({ block }: WrittenAttribute, { type }: TypeFacts): string {
  return block.path === "" ? type : `${block.path} of ${type}`;
}

function neverKnown(subject: Subject, facts: TypeFacts, written: WrittenAttribute): Violation {
  const { resource, provider } = subject;
  const { name, block, path } = written;
  const place = placeOf(written, facts);
  if (provider === "google" && factsOf(facts.type, "google-beta")?.has(path) === true)
    return {
      resource,
      severity: mayBeNewer(subject) ? "warning" : "error",
      message: `${name} is set in ${place}; rejected at plan: only the google-beta provider has it, the google provider does not up to ${NEWEST_PROVIDER}.`,
      fix: "Set provider = google-beta.",
    };
  const names = facts.names(block.path).filter((other) => !Object.hasOwn(block.values, other));
  const meant = misspelled(name, names);
  const close = meant ?? nearest(name, names);
  const isCertain = meant !== undefined || !mayBeNewer(subject);
  return {
    resource,
    severity: isCertain ? "error" : "warning",
    message: `${name} is set in ${place}; rejected at plan: the ${provider} provider has no such attribute or block up to ${NEWEST_PROVIDER}.`,
    fix: close === undefined ? "Remove it, or correct its name." : `Write ${close}.`,
  };
}

function outcomeOf(subject: Subject, { periods }: PathFacts): Outcome<true> | undefined {
  return acrossVersions(subject, periods, (known) => (known === undefined ? true : undefined));
}

/** What versions say of a path that some of them do not have. */
const partlyKnown = memoizeByPath((subject, block, member) => {
  const outcome = outcomeOf(subject, member);
  const outer = outcomeOf(subject, block);
  // A block that is not there takes what is in it with it: that is reported once, for the block.
  return outer?.severity === outcome?.severity && outer?.where === outcome?.where ? undefined : outcome;
});

function violationOf(subject: Subject, facts: TypeFacts, written: WrittenAttribute): Violation | undefined {
  const { resource, provider, versions } = subject;
  if (!written.facts.exists) return neverKnown(subject, facts, written);
  const outcome = partlyKnown(subject, written.block.facts, written.facts);
  if (outcome === undefined) return undefined;
  return {
    resource,
    severity: outcome.severity,
    message: `${written.name} is set in ${placeOf(written, facts)}; rejected at plan${outcome.where}: the ${provider} provider has it ${described(written.facts.periods)}, and the input allows ${versions}.`,
    fix: "Remove it, or require a version of the provider that has it.",
  };
}

export const unknownAttribute: Rule = {
  id: "schema/unknown-attribute",
  why: "An attribute or block that the version of the provider does not know stops the plan.",
  limit: "the attributes and blocks of the provider's version",
  fix: "Remove it, or correct its name.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { facts } = subject;
      if (facts === undefined) continue;
      for (const written of writtenAttributes(subject)) {
        const violation = violationOf(subject, facts, written);
        if (violation !== undefined)
          yield { ...violation, source: documentation(facts.type), givesWayOn: [written.path] };
      }
    }
  },
};
