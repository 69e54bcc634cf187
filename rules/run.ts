import { type Graph, observingReads, type ReadObserver } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import { SENSITIVE } from "../reporting/sensitive.ts";
import { applies, describeValidity, SECURITY_RISK, withoutSecretTexts } from "../resources/index.ts";
import { type CheckCount, Checks, rejections, unknownInstances } from "./checks.ts";
import { type General, withoutRepeated } from "./general.ts";
import { ruleBook } from "./index.ts";
import type { Finding, LocatedFinding, Rule, Severity, Violation } from "./rule.ts";
import { WorkLimit } from "./work-limit.ts";

export type { LocatedFinding } from "./rule.ts";

/** Milliseconds for all rules; they take seconds for thousands of resources. */
const MAX_DURATION = 120_000;

const importance: readonly Severity[] = ["error", "warning", "unknown"];

/** What the rules say of the graph, and how much of it they could check. */
export interface Evaluated {
  /** Sorted by severity, rule and address, each finding once. */
  readonly findings: readonly LocatedFinding[];
  readonly checks: CheckCount;
}

export function evaluateRules(
  graph: Graph,
  rules: readonly Rule[] = ruleBook,
  maxDuration: number = MAX_DURATION,
): Evaluated {
  const limit = new WorkLimit(maxDuration, graph.all().length);
  const checks = new Checks();
  const observe: ReadObserver = (resource, path, value, isShared) => {
    limit.read();
    checks.observe(resource, path, value, isShared);
  };
  const findings = observingReads(observe, () =>
    rules.flatMap((rule) => {
      limit.check();
      checks.start(rule.id);
      return judge(rule, graph, () => limit.found());
    }),
  );
  const certain = withoutRepeated(findings);
  return {
    findings: sorted([
      ...rejections(graph),
      ...certain,
      ...checks.findings(certain),
      ...unknownInstances(graph.all()),
    ]),
    checks: checks.count(),
  };
}

/** What the rules say of the graph: sorted by severity, rule and address, each finding once. */
export function runRules(
  graph: Graph,
  rules: readonly Rule[] = ruleBook,
  maxDuration: number = MAX_DURATION,
): readonly LocatedFinding[] {
  return evaluateRules(graph, rules, maxDuration).findings;
}

/** The errors alone, without noting what every rule reads of each resource, which takes longer than the rules. */
export function runForErrors(graph: Graph, rules: readonly Rule[]): readonly LocatedFinding[] {
  const findings = withoutRepeated(rules.flatMap((rule) => judge(rule, graph)));
  return sorted([...rejections(graph), ...findings.filter(({ severity }) => severity === "error")]);
}

export function isAtLeast(severity: Severity, bound: Severity): boolean {
  return importance.indexOf(severity) <= importance.indexOf(bound);
}

/** Sorted by severity, then rule, then address. */
export function sorted<F extends Finding>(findings: readonly F[]): F[] {
  return [...findings].sort(
    (a, b) =>
      importance.indexOf(a.severity) - importance.indexOf(b.severity) ||
      order(a.rule, b.rule) ||
      order(a.address, b.address),
  );
}

/** By code point: the same on every machine, whatever its language. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function judge(rule: Rule, graph: Graph, found: () => void = () => {}): General<LocatedFinding>[] {
  const findings: General<LocatedFinding>[] = [];
  const reported = new Set<string>();
  try {
    for (const violation of rule.check(graph)) {
      found();
      const inVersions = judgedByVersion(violation, graph);
      if (inVersions === undefined) continue;
      const {
        resource,
        severity = "error",
        message,
        fix = rule.fix,
        source = rule.source,
        givesWayOn,
      } = inVersions;
      const { address, path, origin } = resource;
      const key = JSON.stringify([graph.key(address, resource), severity, message]);
      if (reported.has(key)) continue;
      reported.add(key);
      const category = message.includes(`; ${SECURITY_RISK}`) ? { category: "security" as const } : {};
      const finding = { rule: rule.id, severity, ...category, address, path, source, origin };
      findings.push({ finding: { ...finding, message: readable(message), fix: readable(fix) }, givesWayOn });
    }
  } catch (problem) {
    if (problem instanceof UserError) throw problem;
    findings.push({ finding: unjudged(rule, problem, findings.at(-1)?.finding), givesWayOn: undefined });
  }
  return findings;
}

/**
 * A violation in all provider versions that the input allows is what it is; one in some of them is a warning that names
 * them; undefined where it holds in none.
 */
function judgedByVersion(violation: Violation, graph: Graph): Violation | undefined {
  const { versions = {}, resource, severity = "error", message } = violation;
  if (versions.since === undefined && versions.until === undefined) return violation;
  switch (applies(versions, graph.providerVersions(resource))) {
    case "all":
      return violation;
    case "none":
      return undefined;
    case "some":
      return {
        ...violation,
        severity: severity === "error" ? "warning" : severity,
        message: `${message.replace(/\.$/, "")} (provider ${describeValidity(versions)}).`,
      };
  }
}

/** Longer sentences quote a value that is not useful in full. */
const MAX_MESSAGE_LENGTH = 2000;

function readable(text: string): string {
  if (text.length <= MAX_MESSAGE_LENGTH) return text;
  // Before it is cut: half a token is not recognized.
  return `${withoutSecretTexts(text, SENSITIVE).slice(0, MAX_MESSAGE_LENGTH)} ...`;
}

/** A mistake in one rule must not hide what the others found, nor pass silently. */
function unjudged(rule: Rule, problem: unknown, last: LocatedFinding | undefined): LocatedFinding {
  const reason = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  const where = last === undefined ? "at its first finding" : `after its finding at ${last.address}`;
  return {
    rule: rule.id,
    severity: "unknown",
    address: last?.address ?? "",
    path: last?.path ?? null,
    message: `The rule ${rule.id} stopped ${where} (${reason.split("\n")[0]}): a mistake in the rule, not in the configuration.`,
    fix: "Report it together with the input that it stopped at.",
    source: rule.source,
    origin: last?.origin ?? "",
  };
}
