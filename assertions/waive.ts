import type { IConstruct } from "constructs";
import { UserError } from "../platform/user-error.ts";
import { ruleTexts } from "../rules/texts.ts";
import type { Waiver } from "../rules/waivers.ts";
import { readTerms, type WaiverTerms } from "../verification/waiver-file.ts";

/** Key of the metadata of a construct. */
const WAIVER = "single-source-platform:waiver";

/**
 * Accepts findings of a rule in a construct and everything in it until a day:
 *
 *     waive(database, { rule: "data/sql-backup", reason: "rebuilt every night, ticket 1278", expires: "2027-03-31" });
 *
 * What is waived stays in the report. An expired waiver is an error, and one that covers nothing a warning.
 */
export function waive(construct: IConstruct, ...waivers: readonly WaiverTerms[]): void {
  for (const waiver of waivers) construct.node.addMetadata(WAIVER, waiver);
}

export interface StatedWaivers {
  readonly waivers: readonly Waiver[];
  /** What is wrong with others, one sentence each. */
  readonly issues: readonly string[];
}

/** The waivers that these constructs state. */
export function waiversOf(constructs: readonly IConstruct[]): StatedWaivers {
  const waivers: Waiver[] = [];
  const issues: string[] = [];
  for (const { node } of constructs) {
    for (const { type, data } of node.metadata) {
      if (type !== WAIVER) continue;
      try {
        const terms = readTerms(data, `${node.path || "app"}: a waiver`, ruleTexts);
        waivers.push({ ...terms, within: node.path });
      } catch (problem) {
        if (!(problem instanceof UserError)) throw problem;
        issues.push(...problem.message.split("\n"));
      }
    }
  }
  return { waivers, issues };
}
