import { printable } from "../../reporting/escape.ts";
import type { Finding } from "../../rules/rule.ts";
import { plural } from "../../values/words.ts";
import { notServingText } from "../serving/not-serving-latest.ts";
import type { Drift, DriftReport } from "./report.ts";

/** Attributes shown per resource where they are not drift. */
export const MAX_SHOWN = 5;

/** The report as plain lines, for a terminal and a log. */
export function driftText(report: DriftReport): string[] {
  const { environment, drifted, notServingLatest, noticed, breaksTogether, failed, withoutState } = report;
  return [
    ...drifted.flatMap((drift) => [...driftLines(drift), ""]),
    ...notServingLatest.flatMap((service) => [
      `${service.address} (${service.stack}) does not serve what is declared`,
      `  ${notServingText(service)}`,
      "",
    ]),
    ...(breaksTogether.length === 0
      ? []
      : ["All drifts together break", ...breaksTogether.flatMap(findingLines), ""]),
    ...(noticed.length === 0
      ? []
      : [
          "Differences outside the code (no drift)",
          ...noticed.flatMap(({ stack, address, attributes }) => [
            `  ${address} (${stack})`,
            ...attributes.slice(0, MAX_SHOWN).map((attribute) => `    ${changeText(attribute)}`),
            ...(attributes.length > MAX_SHOWN ? [`    and ${attributes.length - MAX_SHOWN} more`] : []),
          ]),
          "",
        ]),
    ...firstReadLines(report),
    ...(withoutState.length === 0
      ? []
      : [`Without a state, never deployed: ${withoutState.join(", ")}.`, ""]),
    ...failed.flatMap(({ stack, why }) => `Could not check ${stack}: ${why}`.split("\n")),
    ...(failed.length === 0 ? [] : [""]),
    summary(report, environment),
  ].map(printable);
}

/** One sentence on what a newer provider has read for the first time; none where there is nothing of it. */
export function firstReadLines({ firstReads }: Pick<DriftReport, "firstReads">): string[] {
  if (firstReads.length === 0) return [];
  const shown = firstReads
    .slice(0, MAX_SHOWN)
    .map(({ attribute, resources }) => `${attribute} of ${plural(resources, "resource")}`);
  const more = firstReads.length - shown.length;
  return [
    `Read for the first time by a newer provider, no drift: ${shown.join(", ")}${more > 0 ? ` and ${plural(more, "more attribute")}` : ""}.`,
    "",
  ];
}

/** One sentence: what was found. */
export function summary({ drifted, notServingLatest, failed }: DriftReport, environment: string): string {
  const parts = [
    drifted.length === 0
      ? `No drift found in ${environment}`
      : `${plural(drifted.length, "resource")} of ${environment} drifted`,
    ...(notServingLatest.length === 0
      ? []
      : [
          `${plural(notServingLatest.length, "service")} ${notServingLatest.length === 1 ? "does" : "do"} not serve what is declared`,
        ]),
    ...(failed.length === 0 ? [] : [`${plural(failed.length, "stack")} could not be checked`]),
  ];
  return `${parts.join("; ")}.`;
}

function driftLines(drift: Drift): string[] {
  return [
    `${drift.address} (${drift.stack})${drift.isDeleted ? " is gone" : ""}`,
    ...drift.attributes.map((attribute) => `  ${changeText(attribute)}`),
    ...drift.breaks.flatMap(findingLines),
    ...drift.remedies.map((remedy) => `  ${remedy}`),
  ];
}

/** "max_instances: 6 -> 10". */
export function changeText({ path, before, after }: Drift["attributes"][number]): string {
  return `${path}: ${before ?? "not set"} -> ${after ?? "not set"}`;
}

function findingLines({ rule, severity, address, message }: Finding): string[] {
  return [`  ${severity}: ${rule} at ${address}`, `    ${message}`];
}
