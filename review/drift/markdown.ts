import { code, plain } from "../../reporting/escape.ts";
import { bytes, cut, LIMIT } from "../../reporting/fit.ts";
import { notServingText } from "../serving/not-serving-latest.ts";
import type { Drift, DriftReport } from "./report.ts";
import { changeText, firstReadLines, MAX_SHOWN, summary } from "./text.ts";

/** Marks the issue, so that the next run updates it. */
export function driftMarker(environment: string): string {
  return `<!-- drift:${environment} -->`;
}

/** The report as Markdown for an issue; the last drifts are left out where they do not fit. */
export function driftMarkdown(report: DriftReport): string {
  const { environment, drifted, notServingLatest, noticed, breaksTogether, failed, withoutState } = report;
  const head = [
    driftMarker(environment),
    `## Drift of ${environment}`,
    "",
    summary(report, environment),
    "",
    ...notServingLatest.map(
      (service) =>
        `- **${code(service.address)} does not serve what is declared**: ${plain(notServingText(service))}`,
    ),
    ...(notServingLatest.length === 0 ? [] : [""]),
    ...failed.map(({ stack, why }) => `- **Could not check ${code(stack)}**: ${plain(why)}`),
    ...(failed.length === 0 ? [] : [""]),
    "",
  ].join("\n");
  const tail = [
    ...breaksTogether.map(
      ({ rule, address, message }) =>
        `- All drifts together break ${code(rule)} at ${code(address)}: ${plain(message)}`,
    ),
    ...(breaksTogether.length === 0 ? [] : [""]),
    ...(withoutState.length === 0
      ? []
      : [`Without a state, never deployed: ${withoutState.join(", ")}.`, ""]),
    ...noticedLines(noticed),
    ...firstReadLines(report).map(plain),
  ].join("\n");
  const sections = drifted.map(section);
  let text = "";
  for (const [index, next] of sections.entries()) {
    const left = `\n${sections.length - index} more: run \`npm run drift -- ${environment}\`.\n\n`;
    if (bytes(head) + bytes(text) + bytes(next) + bytes(left) > LIMIT - 1) {
      text += left;
      break;
    }
    text += next;
  }
  const whole = `${head}${text}${tail}`;
  return bytes(whole) > LIMIT ? cut(`${head}${text}`) : whole;
}

function section({ address, stack, isDeleted, attributes, breaks, remedies }: Drift): string {
  return [
    `### ${code(address)} (${stack})${isDeleted ? " is gone" : ""}`,
    "",
    ...attributes.map((attribute) => `- ${code(changeText(attribute))}`),
    ...breaks.map(({ severity, rule, message }) => `- **${severity}** ${code(rule)}: ${plain(message)}`),
    ...remedies.map((remedy) => `- ${plain(remedy)}`),
    "",
    "",
  ].join("\n");
}

function noticedLines(noticed: readonly Drift[]): string[] {
  if (noticed.length === 0) return [];
  return [
    "<details><summary>Differences outside the code (no drift)</summary>",
    "",
    ...noticed.flatMap(({ address, attributes }) => [
      ...attributes
        .slice(0, MAX_SHOWN)
        .map((attribute) => `- ${code(address)} ${code(changeText(attribute))}`),
      ...(attributes.length > MAX_SHOWN
        ? [`- ${code(address)} and ${attributes.length - MAX_SHOWN} more`]
        : []),
    ]),
    "",
    "</details>",
    "",
  ];
}
