import { expect, test } from "@jest/globals";
import { failed, passed, type Result, skipped } from "../../validation/check.ts";
import { junitReport } from "../../validation/report/junit.ts";
import type { Report } from "../../validation/report/report.ts";
import { verdict } from "../../validation/verdict.ts";
import type { WatchSummary } from "../../validation/watch.ts";

const about = (subject: string) => ({ category: "endpoints", subject, seconds: 0.5 }) as const;
const report = (results: readonly Result[], watch?: Partial<WatchSummary>): Report => ({
  environment: "staging",
  at: "2026-11-21T14:17:28.180Z",
  results,
  verdict: verdict(results, 0.8),
  ...(watch === undefined
    ? {}
    : {
        watch: {
          passed: false,
          rounds: 30,
          roundsPassed: 29,
          roundsNotSeen: 0,
          troubles: [],
          interrupted: false,
          ...watch,
        },
      }),
});

test("a suite for each category and one for the verdict, as the schema of JUnit has them", () => {
  expect(junitReport(report([passed(about("a"), "fine"), skipped(about("b"), "not <there>")]))).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="validation of staging" tests="3" failures="1" errors="0" time="1.000">',
      '  <testsuite name="staging.endpoints" tests="2" failures="0" errors="0" skipped="1" time="1.000" timestamp="2026-11-21T14:17:28">',
      '    <testcase classname="staging.endpoints" name="a" time="0.500"/>',
      '    <testcase classname="staging.endpoints" name="b" time="0.500"><skipped message="not &lt;there&gt;"/></testcase>',
      "  </testsuite>",
      '  <testsuite name="staging.verdict" tests="1" failures="1" errors="0" skipped="0" time="0.000" timestamp="2026-11-21T14:17:28">',
      '    <testcase classname="staging.verdict" name="look" time="0.000"><failure type="verdict" message="1 of 2 checks passed (50 %, required 80 %); every critical category passed."/></testcase>',
      "  </testsuite>",
      "</testsuites>",
      "",
    ].join("\n"),
  );
});

test("a critical category of which all was skipped is red in CI, too", () => {
  const startUp = { category: "start-up", subject: "auth: latency", seconds: 0 } as const;
  const many = Array.from({ length: 9 }, (_, index) => passed(about(String(index)), "fine"));
  expect(junitReport(report([...many, skipped(startUp, "none started")]))).toContain(
    'name="look" time="0.000"><failure type="verdict" message="9 of 10 checks passed (90 %, required 80 %); critical category not passed: start-up (1 skipped, none passed)."/>',
  );
});

test("a watch that did not pass is red in CI although the first look passed", () => {
  const xml = junitReport(report([passed(about("a"), "fine")], {}));
  expect(xml).toContain('<testsuites name="validation of staging" tests="3" failures="1"');
  expect(xml).toContain(
    'name="watch" time="0.000"><failure type="verdict" message="29 of 30 rounds passed; 0 checks degraded, 0 of them to the end."/>',
  );
});

test("what servers say stays text", () => {
  const xml = junitReport(
    report([failed(about('"<&'), "\u001b[31m]]>\u0000", "application", "endpoint-down")]),
  );
  expect(xml).toContain('name="&quot;&lt;&amp;"');
  expect(xml).toContain('message="[31m]]&gt;"');
});
