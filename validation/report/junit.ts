import type { Result } from "../check.ts";
import { watchSentence } from "./markdown.ts";
import { type Report, runbookPage } from "./report.ts";

/**
 * JUnit XML, which CI systems show as tests: a suite for each category, and one for the verdict. A critical category of which
 * everything was skipped, and a watch with failures, are in the verdict only.
 */
export function junitReport(report: Report): string {
  const { environment, at, verdict, results } = report;
  // Its schema has neither a time zone nor fractions of a second; the time is UTC.
  const timestamp = at.slice(0, 19);
  const suites = verdict.categories.map(({ id, passed, failed, skipped }) => {
    const own = results.filter(({ category }) => category === id);
    const counts = `tests="${passed + failed + skipped}" failures="${failed}" errors="0" skipped="${skipped}"`;
    return [
      `  <testsuite name="${escaped(`${environment}.${id}`)}" ${counts} time="${total(own)}" timestamp="${timestamp}">`,
      ...own.map((result) => testCase(`${environment}.${id}`, result)),
      "  </testsuite>",
    ].join("\n");
  });
  const verdicts = verdictCases(report);
  const refused = verdicts.filter(({ passed }) => !passed).length;
  const failures = results.filter(({ status }) => status === "failed").length + refused;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="validation of ${escaped(environment)}" tests="${results.length + verdicts.length}" failures="${failures}" errors="0" time="${total(results)}">`,
    ...suites,
    `  <testsuite name="${escaped(`${environment}.verdict`)}" tests="${verdicts.length}" failures="${refused}" errors="0" skipped="0" time="0.000" timestamp="${timestamp}">`,
    ...verdicts.map(({ name, passed, why }) => {
      const open = `    <testcase classname="${escaped(`${environment}.verdict`)}" name="${name}" time="0.000"`;
      return passed ? `${open}/>` : `${open}><failure type="verdict" message="${escaped(why)}"/></testcase>`;
    }),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n")}\n`;
}

function verdictCases({ verdict, watch }: Report): { name: string; passed: boolean; why: string }[] {
  const look = { name: "look", passed: verdict.passed, why: verdict.why };
  return watch === undefined
    ? [look]
    : [look, { name: "watch", passed: watch.passed, why: watchSentence(watch) }];
}

function testCase(suite: string, result: Result): string {
  const { subject, status, why, fault, seconds } = result;
  const open = `    <testcase classname="${escaped(suite)}" name="${escaped(subject)}" time="${seconds.toFixed(3)}"`;
  if (status === "passed") return `${open}/>`;
  if (status === "skipped") return `${open}><skipped message="${escaped(why)}"/></testcase>`;
  const help = `${why}\nAt fault: ${fault}. Runbook: ${runbookPage(result)}`;
  return `${open}><failure type="${fault}" message="${escaped(why)}">${escaped(help)}</failure></testcase>`;
}

const total = (results: readonly Result[]): string =>
  results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);

/** XML takes no control characters, not even escaped; they come in bodies that servers send. */
function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must go
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
