import type { Result } from "../check.ts";
import { type Report, runbookPage } from "./report.ts";

/** JUnit XML, which CI systems show as tests: a suite for each category. */
export function junitReport({ environment, at, verdict, results }: Report): string {
  const suites = verdict.categories.map(({ id, passed, failed, skipped }) => {
    const own = results.filter(({ category }) => category === id);
    const counts = `tests="${passed + failed + skipped}" failures="${failed}" skipped="${skipped}"`;
    return [
      `  <testsuite name="${escaped(`${environment}.${id}`)}" ${counts} time="${total(own)}" timestamp="${at}">`,
      ...own.map((result) => testCase(`${environment}.${id}`, result)),
      "  </testsuite>",
    ].join("\n");
  });
  const failures = results.filter(({ status }) => status === "failed").length;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="validation of ${escaped(environment)}" tests="${results.length}" failures="${failures}" time="${total(results)}">`,
    ...suites,
    "</testsuites>",
  ].join("\n")}\n`;
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
