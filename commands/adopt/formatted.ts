import { printable, printableLines, withTexts } from "../../reporting/escape.ts";
import type { Adoption } from "../../review/adoption/adoption.ts";
import { plural } from "../../values/words.ts";
import { colors } from "../colors.ts";
import { table } from "../table.ts";

/** The report for people: what to paste first, then what to decide. */
export function adoptionText(read: Adoption): string {
  // Names and addresses are a state's, which others write.
  const adoption = withTexts(read, (text, key) =>
    key === "proposal" ? printableLines(text) : printable(text),
  );
  const { disagreements, found, created, undecided, unclaimed, unknown, notes } = adoption;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines, ""];
  return [
    ...section(
      colors.cyan(`Recognized (${found.length})`),
      table(
        found.map(({ slot, name, address, recognizedBy }) => [slot, name, `by ${recognizedBy}`, address]),
        "  ",
      ),
    ),
    ...section(
      colors.cyan(`Declarations for environments/${adoption.environment}.ts`),
      adoption.proposal === "" ? [] : adoption.proposal.split("\n").map((line) => `  ${line}`),
    ),
    ...adoption.regions.flatMap(({ region, proposal }) =>
      section(
        colors.cyan(
          `Declarations for the entry of ${region} in regions of environments/${adoption.environment}.ts`,
        ),
        proposal.split("\n").map((line) => `  ${line}`),
      ),
    ),
    ...section(
      colors.red(`Disagrees (${disagreements.length})`),
      disagreements.flatMap(({ path, stated, found, effect, address }) => [
        `  ${path}: the environment says ${stated}, ${address === "-" ? `and ${found} was found` : `${address} has ${found}`}`,
        `    A deployment: ${effect}.`,
      ]),
    ),
    ...section(
      colors.yellow(`Undecided (${undecided.length})`),
      undecided.map(({ what, why }) => `  ${what}: ${why}`),
    ),
    ...section(
      colors.cyan(`Not found, and created by a deployment (${created.length})`),
      table(
        created.map(({ slot, what, name }) => [slot, what, name]),
        "  ",
      ),
    ),
    ...section(
      colors.cyan(`Not stated by the input (${unknown.length})`),
      unknown.map((path) => `  ${path}`),
    ),
    ...section(
      colors.cyan(`Without a place in the environment, left as they are (${unclaimed.length})`),
      unclaimed.map((address) => `  ${address}`),
    ),
    ...section(
      colors.yellow("Not read"),
      notes.map((note) => `  ${note}`),
    ),
    `${plural(adoption.agreeing, "number")} agree, ${disagreements.length} disagree.`,
  ].join("\n");
}
