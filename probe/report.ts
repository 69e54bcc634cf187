import type { PreflightPlan } from "../platform/preflight/preflight.ts";
import type {
  PreflightCategory,
  PreflightLine,
  PreflightResult,
  PreflightSeverity,
  PreflightSummary,
  PreflightSummaryLine,
} from "../platform/preflight/preflight-result.ts";

/** One line for each result and for the summary. */
export interface Report {
  result(result: PreflightResult, advice: boolean): string;
  summary(summary: PreflightSummary): string;
}

/** Structured entries of Cloud Logging. */
export const jsonReport: Report = {
  result: (preflight, advice) => {
    const severity = severityOf(preflight, advice);
    const line: PreflightLine = { severity, message: messageOf(preflight), preflight };
    return JSON.stringify(line);
  },
  summary: (summary) => {
    const line: PreflightSummaryLine = {
      severity: summary.exitCode === 0 ? (summary.failed > 0 ? "WARNING" : "INFO") : "ERROR",
      message: summaryMessage(summary),
      preflight_summary: summary,
    };
    return JSON.stringify(line);
  },
};

/** For a person at a terminal. */
export const textReport: Report = {
  result: (result, advice) => {
    const mark = result.status === "passed" ? (advice ? "!" : "✓") : result.status === "failed" ? "✗" : "-";
    const fault = result.fault === null ? "" : ` [${result.fault}]`;
    return `${mark} ${result.check.padEnd(28)} ${result.why}${fault} (${result.seconds.toFixed(2)} s)`;
  },
  summary: (summary) => `\n${summaryMessage(summary)}`,
};

function severityOf({ status, critical }: PreflightResult, advice: boolean): PreflightSeverity {
  if (status === "failed") return critical ? "ERROR" : "WARNING";
  return advice ? "WARNING" : "INFO";
}

function messageOf({ service, check, status, why, fault }: PreflightResult): string {
  return `preflight of ${service}: ${check} ${status}: ${why}${fault === null ? "" : ` (${fault} at fault)`}`;
}

function summaryMessage({ service, status, passed, failed, skipped, failures }: PreflightSummary): string {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const [first] = failures;
  const cause = first === undefined ? "" : `; first ${first.check}: ${first.why}`;
  return `preflight of ${service} ${status}: ${counts}${cause}`;
}

/** Exit code of a program that SIGTERM ended, as shells count. */
const TERMINATED = 143;

/** What the whole execution comes to. Categories are in the order of the plan, causes first. */
export function summarize(
  plan: PreflightPlan,
  results: readonly PreflightResult[],
  about: { readonly id: string | undefined; readonly interrupted: boolean; readonly seconds: number },
): PreflightSummary {
  const order = Object.keys(plan.categories) as PreflightCategory[];
  const rank = ({ category }: PreflightResult): number => order.indexOf(category);
  const failures = results
    .filter(({ status }) => status === "failed")
    .sort((a, b) => Number(b.critical) - Number(a.critical) || rank(a) - rank(b));
  const criticalCategories = order.filter((category) =>
    failures.some((failure) => failure.critical && failure.category === category),
  );
  const [first] = criticalCategories;
  const verdict = first === undefined ? "passed" : "failed";
  const count = (status: PreflightResult["status"]): number =>
    results.filter((result) => result.status === status).length;
  return {
    environment: plan.environment,
    service: plan.service,
    ...(about.id === undefined ? {} : { id: about.id }),
    status: about.interrupted ? "interrupted" : verdict,
    exitCode: about.interrupted ? TERMINATED : first === undefined ? 0 : plan.categories[first].exitCode,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
    criticalCategories,
    failures: failures.map(({ check, category, critical, fault, why }) => ({
      check,
      category,
      critical,
      fault,
      why,
    })),
    seconds: about.seconds,
  };
}
