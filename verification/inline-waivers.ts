import path from "node:path";
import { type Graph, readText } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import type { RuleText, Waiver } from "../rules/waivers.ts";
import { readTerms } from "./waiver-file.ts";

/** `# verify:ignore RULE until YYYY-MM-DD: REASON`, or behind `//` or within `/*` and its end, above a resource or in it, also behind an attribute; not within a text. */
const COMMENT =
  /^((?:[^"#/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*)(?:#|\/\/|\/\*+)\s*verify:ignore\b(.*?)(?:\*+\/.*)?$/;
/** The same on a line of its own within a comment of several lines, told from a text by `linesWithinComments`. */
const WITHIN_COMMENT = /^(\s*\*?\s*)verify:ignore\b(.*?)(?:\*+\/.*)?$/;
const TERMS = /^\s+(\S+)\s+until\s+(\S+?):\s*(.*)$/;

/**
 * The waivers that comments in Terraform and Kubernetes files state.
 *
 * @param file the file, relative to `cwd`, of an origin of the graph
 * @throws UserError with a line for each comment that is invalid
 */
export function inlineWaivers(
  graph: Graph,
  file: (origin: string) => string,
  cwd: string,
  rules: readonly RuleText[],
): Waiver[] {
  const starts = new Map<string, Map<number, string>>();
  const json = new Set<string>();
  for (const { origin } of [...graph.all(), ...graph.data()]) {
    const located = file(origin);
    if (/\.(?:tf|tofu)\.json$/.test(located)) json.add(located);
    const [, place, line] = /^(.*):(\d+)$/s.exec(located) ?? [];
    if (place === undefined || !/\.(?:tf|tofu|ya?ml)$/.test(place)) continue;
    starts.set(place, (starts.get(place) ?? new Map<number, string>()).set(Number(line), origin));
  }
  for (const place of json) refuseInJson(place, readText(path.resolve(cwd, place)));
  const issues: string[] = [];
  const waivers = [...starts].flatMap(([place, origins]) => {
    const lines = readText(path.resolve(cwd, place)).split("\n");
    const commented = linesWithinComments(lines);
    return lines.flatMap((text, index) => {
      const isWithin = commented.has(index);
      const [, before = "", comment] = (isWithin ? WITHIN_COMMENT : COMMENT).exec(text) ?? [];
      if (comment === undefined) return [];
      const where = `${place}, line ${index + 1},`;
      const isAlone = isWithin || before.trim() === "";
      const start = isAlone ? startNear(index, { lines, commented }, origins) : startAround(index, origins);
      const origin = origins.get(start);
      try {
        return [waiverOf(comment, where, origin, rules)];
      } catch (problem) {
        if (!(problem instanceof UserError)) throw problem;
        issues.push(problem.message);
        return [];
      }
    });
  });
  if (issues.length > 0) throw new UserError(issues.join("\n"));
  return waivers;
}

/** JSON has no comments, and what is written in the place of one would set nothing aside without a word. */
function refuseInJson(place: string, text: string): void {
  if (/"\s*verify:ignore\b/.test(text))
    throw new UserError(
      `${place} has verify:ignore in JSON, which has no comments: write the waiver into verify.waivers.json, with the address of the resource.`,
    );
}

/** The lines on which a comment goes on that began at the beginning of a line above. */
function linesWithinComments(lines: readonly string[]): ReadonlySet<number> {
  const within = new Set<number>();
  let isOpen = false;
  for (const [index, line] of lines.entries()) {
    if (isOpen) within.add(index);
    const isOpened: boolean = isOpen || /^\s*\/\*/.test(line);
    isOpen = isOpened && !line.includes("*/");
  }
  return within;
}

/** The line of the resource below the comment, where only comments and blank lines are between; otherwise of the one around it. */
function startNear(
  index: number,
  { lines, commented }: { readonly lines: readonly string[]; readonly commented: ReadonlySet<number> },
  origins: ReadonlyMap<number, string>,
): number {
  let below = index + 1;
  while (/^\s*(?:#|\/\/|\/\*|---|$)/.test(lines[below] ?? "x") || commented.has(below)) below++;
  if (origins.has(below + 1)) return below + 1;
  return startAround(index, origins);
}

/** The line of the resource that began last; -1 where none has. */
function startAround(index: number, origins: ReadonlyMap<number, string>): number {
  return Math.max(...[...origins.keys()].filter((line) => line <= index + 1), -1);
}

function waiverOf(
  comment: string,
  where: string,
  origin: string | undefined,
  rules: readonly RuleText[],
): Waiver {
  if (origin === undefined) throw new UserError(`${where} stands neither in a resource nor above one.`);
  const [, rule, expires, reason] = TERMS.exec(comment) ?? [];
  if (rule === undefined)
    throw new UserError(
      `${where} is not written as "verify:ignore RULE until YYYY-MM-DD: REASON", for example "verify:ignore edge/ssl-policy until 2027-03-31: ticket 1278".`,
    );
  return { ...readTerms({ rule, expires, reason }, where, rules), place: origin, origin };
}
