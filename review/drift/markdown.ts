import type { Drift, DriftReport } from "./report.ts";
import { changeText, summary } from "./text.ts";

/** Characters that GitHub takes for an issue or a comment. */
const LIMIT = 65_536;

/** Stands in the issue, so that the next run finds it and writes no second one. */
export function driftMarker(environment: string): string {
  return `<!-- drift:${environment} -->`;
}

/** The report as Markdown for an issue; the last drifts are left out where they do not fit. */
export function driftMarkdown(report: DriftReport): string {
  const { environment, drifted, noticed, breaksTogether, failed, withoutState } = report;
  const head = [
    driftMarker(environment),
    `## Drift of ${environment}`,
    "",
    summary(report, environment),
    "",
    ...failed.map(({ stack, why }) => `- **Could not look at ${code(stack)}**: ${escaped(why)}`),
    ...(failed.length === 0 ? [] : [""]),
  ].join("\n");
  const tail = [
    ...breaksTogether.map(
      ({ rule, address, message }) =>
        `- All together break ${code(rule)} at ${code(address)}: ${escaped(message)}`,
    ),
    ...(breaksTogether.length === 0 ? [] : [""]),
    ...(withoutState.length === 0
      ? []
      : [`Without a state, so never deployed: ${withoutState.join(", ")}.`, ""]),
    ...noticedLines(noticed),
  ].join("\n");
  const sections = drifted.map(section);
  let text = "";
  for (const [index, next] of sections.entries()) {
    const left = `\n${sections.length - index} more: run \`npm run drift -- ${environment}\`.\n\n`;
    if (head.length + text.length + next.length + left.length > LIMIT - 1) {
      text += left;
      break;
    }
    text += next;
  }
  const whole = `${head}${text}${tail}`;
  return whole.length > LIMIT ? `${head}${text}`.slice(0, LIMIT) : whole;
}

function section({ address, stack, isDeleted, attributes, breaks, remedies }: Drift): string {
  return [
    `### ${code(address)} (${stack})${isDeleted ? " is gone" : ""}`,
    "",
    ...attributes.map((attribute) => `- ${code(changeText(attribute))}`),
    ...breaks.map(({ severity, rule, message }) => `- **${severity}** ${code(rule)}: ${escaped(message)}`),
    ...remedies.map((remedy) => `- ${escaped(remedy)}`),
    "",
    "",
  ].join("\n");
}

function noticedLines(noticed: readonly Drift[]): string[] {
  if (noticed.length === 0) return [];
  return [
    "<details><summary>Different, and not stated by the code (no drift)</summary>",
    "",
    ...noticed.flatMap(({ address, attributes }) =>
      attributes.map((attribute) => `- ${code(address)} ${code(changeText(attribute))}`),
    ),
    "",
    "</details>",
    "",
  ];
}

/** A value may hold anything, also what would end the code or begin a mention. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|@]/g, "\\$&");
}
