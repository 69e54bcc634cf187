import { describe, expect, test } from "@jest/globals";
import { ruleTexts } from "../../../rules/texts.ts";
import type { RuleText } from "../../../rules/waivers.ts";
import { sarifReport } from "../../../verification/report/sarif.ts";
import { finding, full, report } from "./support.ts";

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { id: string; helpUri?: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex?: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly suppressions?: readonly object[];
      readonly locations: readonly object[];
      readonly partialFingerprints: { readonly primaryLocationLineHash: string };
    }[];
  }[];
}

const rules: readonly RuleText[] = [
  { id: "address/overlap", why: "Why.", limit: "l", fix: "f", source: "docs/RULES.md" },
  { id: "edge/redirect", why: "Why.", limit: "l", fix: "f", source: "https://a.example/b" },
];

function run(of: Parameters<typeof sarifReport>[0]): Log["runs"][number] {
  const log = JSON.parse(sarifReport(of, rules, "1.2.3")) as Log;
  expect(log.version).toBe("2.1.0");
  expect(log.runs).toHaveLength(1);
  const [only] = log.runs;
  if (only === undefined) throw new Error("no run");
  return only;
}

describe("the SARIF report", () => {
  test("places a result in the file, line and resource", () => {
    const [first] = run(full).results;
    expect(first).toEqual({
      ruleId: "edge/redirect",
      ruleIndex: 1,
      level: "error",
      message: {
        text: "google_compute_url_map.web: The map sends nowhere: refused at apply. Fix: Write a default_service.",
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "infra/edge.tf", uriBaseId: "%SRCROOT%" },
            region: { startLine: 12 },
          },
          logicalLocations: [
            { name: "web", fullyQualifiedName: "google_compute_url_map.web", kind: "resource" },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) },
    });
  });

  test("starts at line 1 of a file whose line is not known, and escapes its name", () => {
    const [first] = run(report({ findings: [finding({ origin: "my plans/a.json" })] })).results;
    expect(first?.locations).toEqual([
      expect.objectContaining({
        physicalLocation: {
          artifactLocation: { uri: "my%20plans/a.json", uriBaseId: "%SRCROOT%" },
          region: { startLine: 1 },
        },
      }),
    ]);
  });

  test("maps severities to levels", () => {
    expect(run(full).results.map(({ level }) => level)).toEqual([
      "error",
      "error",
      "warning",
      "note",
      "note",
      "note",
      "error",
    ]);
  });

  test("shows what is waived as suppressed, with the reason", () => {
    expect(run(full).results.flatMap(({ suppressions = [] }) => suppressions)).toEqual([
      { kind: "external", status: "accepted", justification: "ticket 12 (until 2026-12-31)" },
    ]);
  });

  test("keeps the fingerprint when line and numbers change, and tells two findings of one resource apart", () => {
    const before = run(report({ findings: [finding(), finding({ message: "Another." })] })).results;
    const after = run(
      report({ findings: [finding({ message: "20 of 10.", origin: "infra/edge.tf:99" })] }),
    ).results;
    const hashes = before.map((result) => result.partialFingerprints.primaryLocationLineHash);
    expect(after[0]?.partialFingerprints.primaryLocationLineHash).toBe(hashes[0]);
    expect(new Set(hashes).size).toBe(2);
  });

  test("links the help of a rule only where its source is a page", () => {
    const { driver } = run(report()).tool;
    expect(driver.rules.map(({ id, helpUri }) => [id, helpUri])).toEqual([
      ["address/overlap", undefined],
      ["edge/redirect", "https://a.example/b"],
    ]);
  });

  test("knows every rule of the book", () => {
    const log = JSON.parse(sarifReport(report(), ruleTexts, "1.2.3")) as Log;
    expect(log.runs[0]?.tool.driver.rules).toHaveLength(ruleTexts.length);
  });
});
