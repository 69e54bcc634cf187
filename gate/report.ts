import {
  type PreflightCategory,
  type PreflightResult,
  preflightCategories,
} from "../platform/preflight/preflight-result.ts";
import { progressOf } from "./progress.ts";
import { remedies } from "./remedies.ts";
import type { GateOutcome, ServiceOutcome } from "./run-gate.ts";

/** 0 all passed, 1 a critical check failed, 2 could not check. A failure counts more than a missing result. */
export type GateExitCode = 0 | 1 | 2;

/** Failures of one service that are shown in full, so that a service has ten lines at most. */
const MOST_SHOWN = 3;

export function gateExitCode({ services }: GateOutcome): GateExitCode {
  if (services.some(({ results = [] }) => criticalFailures(results).length > 0)) return 1;
  return services.some(({ results }) => results === undefined) ? 2 : 0;
}

/** The report, at most ten lines for each service. Passed services have one line. */
export function gateReport(outcome: GateOutcome): string[] {
  const { environment, id, services } = outcome;
  const code = gateExitCode(outcome);
  const shared = sharedProblem(services);
  const parts =
    shared === undefined
      ? services.flatMap((service) => serviceLines(service, environment))
      : [`could not check: ${shared}`];
  if (code === 0) return [`Preflight of ${environment} passed.`, ...parts];
  return [
    `Preflight of ${environment} ${code === 1 ? "failed" : "could not check"}: no service was changed.`,
    ...parts,
    `Run the same command again once that is fixed. All lines: jsonPayload.preflight.id="${id}" in Cloud Logging.`,
  ];
}

/** A reason why several checks could not run is printed once. */
function sharedProblem(services: readonly ServiceOutcome[]): string | undefined {
  const [first, ...rest] = services;
  if (rest.length === 0) return undefined;
  return rest.every(({ problem }) => problem === first?.problem) ? first?.problem : undefined;
}

function serviceLines({ service, results, problem }: ServiceOutcome, environment: string): string[] {
  if (results === undefined) return [`${service}: could not check: ${problem}`];
  const critical = criticalFailures(results);
  const shown = critical.slice(0, MOST_SHOWN);
  const others = results.filter(({ status, critical }) => status === "failed" && !critical);
  return [
    `${service}: ${progressOf(results)}`,
    ...shown.flatMap(({ check, category, why, fault }) => [
      `  ${check}: ${shortened(why)}`,
      `    ${fault ?? "infrastructure"} at fault. ${remedies[category](environment)}`,
    ]),
    ...names("  also failed", critical.slice(MOST_SHOWN)),
    ...names("  failed, and does not stop a deployment", others),
  ];
}

function names(title: string, results: readonly PreflightResult[]): string[] {
  if (results.length === 0) return [];
  const shown = results.slice(0, 6).map(({ check }) => check);
  const more = results.length > shown.length ? ` and ${results.length - shown.length} more` : "";
  return [`${title}: ${shown.join(", ")}${more}`];
}

/** Causes first. */
function criticalFailures(results: readonly PreflightResult[]): PreflightResult[] {
  const rank = (category: PreflightCategory): number => preflightCategories.indexOf(category);
  return results
    .filter(({ status, critical }) => status === "failed" && critical)
    .sort((a, b) => rank(a.category) - rank(b.category));
}

/** One line of limited length. */
function shortened(why: string): string {
  const line = why.replaceAll(/\s+/g, " ").trim();
  return line.length > 400 ? `${line.slice(0, 400)} ...` : line;
}
