import { jsonText, printable, withTexts } from "../../reporting/escape.ts";
import { exampleOf } from "../../rules/examples.ts";
import type { Severity } from "../../rules/rule.ts";
import type { LocatedFinding } from "../../rules/run.ts";
import type { RuleText, WaivedFinding } from "../../rules/waivers.ts";
import { Fingerprints } from "./fingerprints.ts";
import { type Report, sourceLocation, whatWasChecked } from "./report.ts";

const levels: { readonly [severity in Severity]: string } = {
  error: "error",
  warning: "warning",
  unknown: "note",
};

/** https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const MAX_RESULTS = 25_000;
const MAX_NOTIFICATIONS = 100;

/**
 * SARIF 2.1.0, in the subset that GitHub code scanning reads. The origin of a finding is a file relative to the root of the
 * repository, with its line where it is known ("infra/main.tf:12").
 */
export function sarifReport(untrusted: Report, rules: readonly RuleText[], version: string): string {
  const report = withTexts(untrusted, sarifText);
  const fingerprints = new Fingerprints();
  const found = [
    ...report.findings.map((finding) => result(finding, rules, fingerprints)),
    ...report.waived.map((finding) => ({
      ...result(finding, rules, fingerprints),
      suppressions: suppressions(justification(finding)),
    })),
    ...(report.known ?? []).map((finding) => ({
      ...result(finding, rules, fingerprints),
      suppressions: suppressions("in the baseline"),
    })),
  ];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "single-source-verify",
            semanticVersion: version,
            rules: rules.map(descriptor),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        invocations: [invocation(report, found.length - MAX_RESULTS)],
        results: found.slice(0, MAX_RESULTS),
      },
    ],
  };
  return jsonText(log);
}

/** Brackets before a parenthesis would make a link of a message. */
function sarifText(text: string): string {
  return printable(text).replaceAll("](", "]\u200b(");
}

function suppressions(justification: string): object[] {
  return [{ kind: "external", status: "accepted", justification }];
}

function justification({ waiver }: WaivedFinding): string {
  return `${waiver.reason} (until ${waiver.expires})`;
}

/** What was not checked, not read or assumed, and what GitHub would not take. */
function invocation(report: Report, dropped: number): object {
  const { gaveUp, unread, notes } = report;
  const notifications = (level: string, sentences: readonly string[]): object[] =>
    sentences.slice(0, MAX_NOTIFICATIONS).map((text) => ({ level, message: { text } }));
  const tooMany = `${dropped} results were left out: GitHub takes ${MAX_RESULTS}.`;
  return {
    executionSuccessful: gaveUp.length === 0,
    toolExecutionNotifications: [
      ...notifications("error", dropped > 0 ? [tooMany, ...gaveUp] : gaveUp),
      ...notifications("warning", unread),
      ...notifications("note", [...(report.checks.open > 0 ? [whatWasChecked(report)] : []), ...notes]),
    ],
  };
}

function descriptor(rule: RuleText): object {
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.why },
    fullDescription: { text: `${rule.why} Limit: ${rule.limit}.` },
    ...(URL.canParse(rule.source) ? { helpUri: rule.source } : {}),
    help: {
      text: `${rule.why}\n\nLimit: ${rule.limit}\n\nFix: ${rule.fix}\n\nSource: ${rule.source}\n\n${exampleOf(rule.id).text}`,
      markdown: `${rule.why}\n\n**Limit:** ${rule.limit}\n\n**Fix:** ${rule.fix}\n\n**Source:** ${rule.source}\n\n\`\`\`terraform\n${exampleOf(rule.id).text}\n\`\`\``,
    },
    defaultConfiguration: { level: "error" },
    properties: { tags: ["google-cloud", "terraform", rule.id.replace(/\/.*/, "")], precision: "very-high" },
  };
}

function result(finding: LocatedFinding, rules: readonly RuleText[], fingerprints: Fingerprints): object {
  const { file, line } = sourceLocation(finding.origin);
  const index = rules.findIndex((rule) => rule.id === finding.rule);
  return {
    ruleId: finding.rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: levels[finding.severity],
    ...(finding.category === undefined ? {} : { properties: { tags: [finding.category] } }),
    message: { text: `${finding.address}: ${finding.message} Fix: ${finding.fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: line ?? 1 },
        },
        logicalLocations: [
          {
            name: finding.address.slice(finding.address.lastIndexOf(".") + 1),
            fullyQualifiedName: finding.address,
            kind: "resource",
          },
        ],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprints.of(finding) },
  };
}
