import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import pc from "picocolors";
import { adoptionText } from "../../commands/adopt/formatted.ts";
import { jsonLine } from "../../reporting/escape.ts";
import { codeQualityReport } from "../../verification/report/code-quality.ts";
import { jsonReport } from "../../verification/report/json.ts";
import { junitReport } from "../../verification/report/junit.ts";
import { markdownReport } from "../../verification/report/markdown.ts";
import { sarifReport } from "../../verification/report/sarif.ts";
import { textReport } from "../../verification/report/text.ts";
import { finding, report } from "../verification/report/support.ts";

const ESCAPE = "\u001b";
/** Texts as a configuration may hold them, where they would do harm. */
const HOSTILE = [
  "::error file=main.tf::gone",
  "  ::stop-commands::x",
  "##[error]gone",
  "x\n::set-output name=a::b",
  `${ESCAPE}[2J${ESCAPE}]8;;https://evil.example${ESCAPE}\\click`,
  "\u009b31m",
  "\u202eevil",
  "\r\nNothing found.",
];

const everywhere = (text: string) =>
  report({
    findings: (["error", "warning", "unknown"] as const).map((severity) =>
      finding({ severity, address: text, path: text, message: text, fix: text, origin: `${text}:1` }),
    ),
    waived: [
      {
        ...finding({ address: text }),
        waiver: { rule: "time/soak", address: text, reason: text, expires: "2026-12-31" },
      },
    ],
    inputs: [text],
    unread: [text],
    gaveUp: [text],
    notes: [text],
  });

/** What a state holds is shown by `adopt`, too. */
const adoption = (text: string): string =>
  adoptionText({
    environment: "staging",
    found: [{ slot: text, address: text, name: text, recognizedBy: "role" }],
    proposal: `existing: {\n  network: ${JSON.stringify(text)},\n},`,
    regions: [{ region: text, proposal: `existing: {\n  connector: ${JSON.stringify(text)},\n},` }],
    disagreements: [{ path: text, stated: text, found: text, effect: text, address: text }],
    agreeing: 0,
    unknown: [text],
    created: [{ slot: text, what: text, name: text }],
    undecided: [{ what: text, why: text }],
    unclaimed: [text],
    notes: [text],
  });

const formats = (text: string): readonly string[] => [
  textReport(everywhere(text), pc.createColors(false)),
  markdownReport(everywhere(text)),
  jsonReport(everywhere(text)),
  sarifReport(everywhere(text), [], "1.2.3"),
  junitReport(everywhere(text)),
  codeQualityReport(everywhere(text)),
  adoption(text),
  jsonLine({ text }),
];

test.each(HOSTILE)("%j steers neither a terminal nor GitHub's runner", (text) => {
  for (const out of formats(text)) {
    expect(out.split("\n").filter((line) => line.trimStart().startsWith("::"))).toEqual([]);
    expect(out).not.toContain("##[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  }
});

test.each(["\u{e0041}\u{e0042}", "\u{e0100}", "\u00ad", "\u2060", "\u200d", "\ufeff", "\u3164"])(
  "%j, which nobody sees, is in no report",
  (text) => {
    for (const out of formats(`a${text}b`)) {
      expect(out).toMatch(/ab|a\\u/);
      expect(out).not.toContain(text);
    }
  },
);

test("a text adds no line to a report", () => {
  const lines = (text: string): number => formats(text)[0]?.split("\n").length ?? 0;
  expect(lines("a\nb\u2028c\rd")).toBe(lines("a"));
});

test("every format names what is waived, known, not checked, not read and assumed", () => {
  const of = report({
    waived: [
      {
        ...finding(),
        waiver: { rule: "edge/redirect", address: "a", reason: "ticket 12", expires: "2026-12-31" },
      },
    ],
    gaveUp: ["It gave up."],
    unread: ["It was not read."],
    notes: ["The rules x were skipped."],
  });
  for (const out of [
    textReport(of, pc.createColors(false)),
    markdownReport(of),
    jsonReport(of),
    sarifReport(of, [], "1.2.3"),
    junitReport(of),
    codeQualityReport(of),
  ])
    for (const told of ["ticket 12", "It gave up.", "It was not read.", "The rules x were skipped."])
      expect(out).toContain(told);
});

test("JSON keeps the values", () => {
  const { findings } = JSON.parse(jsonReport(everywhere("##[x] \u009b \u202e \u{e0041}"))) as {
    findings: { message: string }[];
  };
  expect(findings[0]?.message).toBe("##[x] \u009b \u202e \u{e0041}");
});

/** The kind: a text of a plan, a state or an API that a command prints by itself, beside its report. */
test("review prints what a plan holds escaped", () => {
  const printed = readFileSync("commands/review/reviewed.ts", "utf8").match(/console\.error\(.*\);/g);
  expect(printed).toEqual([
    "console.error(colors.red(printable(warning)));",
    "console.error(printableLines(line));",
  ]);
});

/** The kind: JSON that is printed to a log by another writer than `jsonText` and `jsonLine`; init writes files of a new project. */
test.each(
  readdirSync("commands", { encoding: "utf8", recursive: true }).filter(
    (name) => name.endsWith(".ts") && !name.startsWith("init"),
  ),
)("%s prints JSON escaped", (name) => {
  expect(readFileSync(`commands/${name}`, "utf8")).not.toMatch(
    /JSON\.stringify\([^\n]*, null, 2\)|console\.\w+\(JSON\.stringify/,
  );
});

describe("Markdown", () => {
  test.each([
    "<img src=x>",
    "@everyone",
    "![x](https://evil.example)",
    "https://evil.example",
    "</details><h1>",
  ])("%s stays text", (text) => {
    const out = markdownReport(everywhere(text)).replace(/`+[^`\n]*`+/g, "");
    expect(out).not.toContain(text);
  });

  test("a backtick does not end the code of an address", () => {
    expect(markdownReport(everywhere("a`b``c"))).toContain("### ```a`b``c```");
  });

  test("never grows beyond a comment, and says what was left out", () => {
    const findings = Array.from({ length: 2_000 }, (_, i) => finding({ address: `a.b${i}` }));
    const out = markdownReport(report({ findings, notes: ["x".repeat(100_000)] }));
    expect(Buffer.byteLength(out)).toBeLessThanOrEqual(65_536);
    expect(out).toContain("and findings at 1900 more addresses");
    expect(out).toContain("this was left out or shortened: ");
  });
});

describe("SARIF", () => {
  interface Run {
    readonly results: readonly { readonly level: string }[];
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { level: string; message: { text: string } }[];
    }[];
  }
  const runOf = (text: string): Run => {
    const [only] = (JSON.parse(text) as { runs: [Run] }).runs;
    return only;
  };

  test("holds no more results than GitHub takes, errors first, and says so", () => {
    const findings = Array.from({ length: 25_003 }, (_, i) => finding({ address: `a.b${i}` }));
    const run = runOf(sarifReport(report({ findings }), [], "1.2.3"));
    expect(run.results).toHaveLength(25_000);
    expect(run.invocations[0]?.toolExecutionNotifications).toEqual([
      { level: "error", message: { text: "3 results were left out: GitHub takes 25000." } },
    ]);
  });

  test("says what was not checked, not read and assumed", () => {
    const of = report({ gaveUp: ["It gave up."], unread: ["a was not read."], notes: ["b was assumed."] });
    const [invocation] = runOf(sarifReport(of, [], "1.2.3")).invocations;
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications.map(({ level, message }) => [level, message.text])).toEqual(
      [
        ["error", "It gave up."],
        ["warning", "a was not read."],
        ["note", "b was assumed."],
      ],
    );
  });

  test("makes no link of a text", () => {
    expect(sarifReport(everywhere("[x](https://evil.example)"), [], "1.2.3")).not.toContain("](");
  });
});
