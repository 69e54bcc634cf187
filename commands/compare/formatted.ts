import type { Comparison, Difference } from "../../platform/comparison.ts";
import { codeInCell, plain } from "../../reporting/escape.ts";
import { plural } from "../../values/words.ts";
import { colors } from "../colors.ts";
import { table } from "../table.ts";

/** Headings in the order of what a reader must act on. */
const GROUPS = [
  ["undeclared", "Undeclared"],
  ["declared", "Declared"],
  ["by nature", "By nature"],
] as const;

function groups(comparison: Comparison): { title: string; members: Difference[] }[] {
  return GROUPS.map(([standing, title]) => ({
    title,
    members: comparison.differences.filter((difference) => difference.standing === standing),
  })).filter(({ members }) => members.length > 0);
}

/** Longest value in a table, in characters: digests and hosts would push the rest off the screen. */
const WIDTH = 40;

function short(value: string): string {
  return value.length > WIDTH ? `${value.slice(0, WIDTH - 3)}...` : value;
}

export function comparisonText(comparison: Comparison): string {
  const [left, right] = comparison.environments;
  const paint = { Undeclared: colors.red, Declared: colors.green, "By nature": colors.cyan };
  return [
    ...groups(comparison).flatMap(({ title, members }) => [
      paint[title as keyof typeof paint](`${title} (${members.length})`),
      ...table(
        [
          ["", left, right, ""],
          ...members.map(({ path, values, reason }) => [path, ...values.map(short), reason]),
        ],
        "  ",
      ),
      "",
    ]),
    ...unusedLines(comparison).map((line) => colors.yellow(line)),
    conclusion(comparison),
  ].join("\n");
}

export function comparisonMarkdown(comparison: Comparison): string {
  const [left, right] = comparison.environments;
  return [
    `# ${left} and ${right}`,
    conclusion(comparison),
    ...groups(comparison).flatMap(({ title, members }) => [
      `## ${title}`,
      [
        `| value | ${left} | ${right} | why |`,
        "| --- | --- | --- | --- |",
        ...members.map(
          ({ path, values, reason }) =>
            `| ${[codeInCell(path), ...values.map(plain), plain(reason)].join(" | ")} |`,
        ),
      ].join("\n"),
    ]),
    ...unusedLines(comparison),
  ].join("\n\n");
}

function unusedLines({ unused }: Comparison): string[] {
  return unused.map(
    ({ environment, path }) =>
      `environments/${environment}.ts declares a difference in ${path}, and there is none: remove it.`,
  );
}

function conclusion({ differences, same, environments }: Comparison): string {
  const open = differences.filter(({ standing }) => standing === "undeclared").length;
  const counted = `${plural(same, "value")} of ${environments.join(" and ")} are the same, ${differences.length} differ`;
  return open === 0
    ? `${counted}, all of them by nature or declared.`
    : `${counted}, ${open} without a reason: make them equal, or declare them in \`differences\` of one of the two files.`;
}
