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

/** Longest path and values that are next to each other, in characters; digests and hosts are below each other. */
const ROW = 70;

export function comparisonText(comparison: Comparison): string {
  const [left, right] = comparison.environments;
  const paint = { Undeclared: colors.red, Declared: colors.green, "By nature": colors.cyan };
  return [
    ...groups(comparison).flatMap(({ title, members }) => [
      paint[title as keyof typeof paint](`${title} (${members.length})`),
      ...[...new Set(members.map(({ reason }) => reason))].flatMap((reason) => [
        ...(reason === "" ? [] : table([[reason]], "  ")),
        ...differenceLines(
          members.filter((member) => member.reason === reason),
          [left, right],
        ),
        "",
      ]),
    ]),
    ...unusedLines(comparison).map((line) => colors.yellow(line)),
    conclusion(comparison),
  ].join("\n");
}

function differenceLines(differences: readonly Difference[], environments: readonly string[]): string[] {
  const isShort = ({ path, values }: Difference): boolean => [path, ...values].join("").length <= ROW;
  const rows = differences.filter(isShort);
  return [
    ...(rows.length === 0
      ? []
      : table([["", ...environments], ...rows.map(({ path, values }) => [path, ...values])])),
    ...differences
      .filter((difference) => !isShort(difference))
      .flatMap(({ path, values }) => [
        `    ${path}`,
        ...table(
          values.map((value, side) => [environments[side] ?? "", value]),
          "      ",
        ),
      ]),
  ];
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
