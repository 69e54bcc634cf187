import { factsOf } from "../../resources/facts/index.ts";
import { NEWEST_PROVIDER } from "../../resources/versions.ts";
import type { Rule, Violation } from "../rule.ts";
import { acrossVersions, mayBeNewer } from "./across-versions.ts";
import { PROVIDER } from "./sources.ts";
import { type Subject, subjects } from "./subject.ts";
import { described } from "./validity.ts";

/** Whether the newest google-beta has the type. */
function isInBeta(type: string): boolean {
  return factsOf(type, "google-beta")?.of("").periods.at(-1)?.facts !== undefined;
}

function violationOf(subject: Subject): Violation | undefined {
  const { resource, facts, provider, versions } = subject;
  const { type } = resource;
  const severity = mayBeNewer(subject) ? "warning" : "error";
  const periods = facts?.of("").periods ?? [];
  const outcome = acrossVersions(subject, periods, (known) => (known === undefined ? true : undefined));
  if (facts !== undefined && outcome === undefined) return undefined;
  if (provider === "google" && periods.at(-1)?.facts === undefined && isInBeta(type))
    return {
      resource,
      severity: outcome?.severity ?? severity,
      message: `The type is ${type}; rejected at plan: only the google-beta provider has it, the google provider does not in ${NEWEST_PROVIDER}.`,
      fix: "Set provider = google-beta.",
    };
  if (outcome === undefined)
    return {
      resource,
      severity,
      message: `The type is ${type}; rejected at plan: the ${provider} provider has no such resource type up to ${NEWEST_PROVIDER}.`,
    };
  return {
    resource,
    severity: outcome.severity,
    message: `The type is ${type}; rejected at plan${outcome.where}: the ${provider} provider has it ${described(periods)}, and the input allows ${versions}.`,
    fix: "Require a version of the provider that has it, or use the type that took its place.",
  };
}

export const unknownType: Rule = {
  id: "schema/unknown-type",
  why: "A type that the version of the provider does not know stops the plan.",
  limit: "the resource types of the provider's version",
  fix: "Correct the name of the type.",
  source: PROVIDER,
  *check(graph) {
    for (const subject of subjects(graph)) {
      const violation = violationOf(subject);
      if (violation !== undefined) yield violation;
    }
  },
};
