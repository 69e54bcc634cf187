import { isUnknown, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { documentation } from "./sources.ts";
import { subjects } from "./subject.ts";
import { itemsOf, writtenAttributes } from "./written.ts";

const EPHEMERAL = /(?:^|\.)ephemeral\./;

/** An ephemeral value is for write-only arguments, which no state keeps. */
export const ephemeralValue: Rule = {
  id: "schema/ephemeral-value",
  why: "An ephemeral value exists during one run only, and Terraform rejects it in an argument that the state keeps.",
  limit: "values of ephemeral blocks in write-only arguments (names that end in _wo)",
  fix: "Write it to the write-only argument, for example secret_data_wo, and raise its version when the value changes.",
  source: "https://developer.hashicorp.com/terraform/language/manage-sensitive-data/ephemeral",
  *check(graph) {
    for (const subject of subjects(graph)) {
      const { resource, facts } = subject;
      if (facts === undefined) continue;
      for (const { path, name, value, facts: ofPath } of writtenAttributes(subject)) {
        const known = ofPath.newest;
        if (known === undefined || known.nested !== undefined || name.endsWith("_wo")) continue;
        const address = ephemeralIn(value);
        if (address === undefined) continue;
        const writeOnly = facts.of(`${path}_wo`).newest === undefined ? undefined : `${path}_wo`;
        yield {
          resource,
          message: `${path} is a value of ${address}; rejected at plan: the state would keep it, and an ephemeral value is never kept.`,
          fix:
            writeOnly === undefined
              ? `Read the value from where a state may keep it, or generate it with a resource: ${path} has no write-only twin.`
              : `Set ${writeOnly} instead, and ${writeOnly}_version to a number that is raised when the value changes.`,
          source: documentation(facts.type),
        };
      }
    }
  },
};

/** The address of an ephemeral block of which a value is, or is made: what a function makes of an ephemeral value is one, too. */
function ephemeralIn(value: Value): string | undefined {
  return itemsOf(value)
    .flatMap((item) => (isUnknown(item) ? item.references : []))
    .find(({ address }) => EPHEMERAL.test(address))?.address;
}
