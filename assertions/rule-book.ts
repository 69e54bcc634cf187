import process from "node:process";
import type { IConstruct } from "constructs";
import pc from "picocolors";
import { graphFromTerraformJson, type TerraformDocument } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import { ruleTexts } from "../rules/texts.ts";
import { plural } from "../values/words.ts";
import { evaluateSubjects } from "../verification/evaluate.ts";
import { ofSeverity, type Report } from "../verification/report/report.ts";
import { textReport } from "../verification/report/text.ts";
import {
  isDeclaration,
  readWaiverFile,
  type WaiverFile,
  waiverFilesIn,
} from "../verification/waiver-file.ts";
import type { CheckResult } from "./app-synthesis.ts";
import { waiversOf } from "./waive.ts";

/** How the rule book judges an app: what `verify` takes as options. */
export interface RuleBookOptions {
  /** The severity from which on a finding refuses the app. @default "error" */
  readonly failOn?: "error" | "warning";
  /** File of waivers, in addition to those of constructs. @default verify.waivers.json in the working directory */
  readonly waivers?: string;
  /** "KIND:NAME" of what exists although the app does not define it: "network:shared". @default [] */
  readonly external?: readonly string[];
  /** True where what the app does not define does not exist. @default false */
  readonly complete?: boolean;
  /** YYYY-MM-DD, against which waivers expire. @default the day of the clock, in UTC */
  readonly today?: string;
}

/** The package of the app has the verifier. */
const EXPLAIN = "npx single-source-verify --explain RULE";

/** What the rule book says of stacks. */
export interface RuleBookResult extends CheckResult {
  readonly report: Report;
}

/**
 * Evaluates the rules in stacks, with the waivers that their constructs state.
 *
 * @param constructs all of the stacks, and of what they are in
 */
export function evaluateRuleBook(
  stacks: readonly TerraformDocument[],
  constructs: readonly IConstruct[],
  options: RuleBookOptions,
): RuleBookResult {
  const { failOn = "error", external = [], complete = false } = options;
  const { today = new Date().toISOString().slice(0, 10) } = options;
  const stated = waiversOf(constructs);
  const file = waiversFromFile(options.waivers);
  const graph = graphFromTerraformJson(stacks, {
    whole: complete,
    external: [...external, ...file.external],
  });
  const report = evaluateSubjects(
    [
      {
        inputs: [named(stacks)],
        graph,
        waivers: [...stated.waivers, ...file.waivers],
        sourceLocation: (origin) => origin,
      },
    ],
    today,
  );
  // An app may have no resource yet; it is reported, and nothing to refuse.
  const gaveUp = graph.all().length === 0 ? 0 : report.gaveUp.length;
  const issues = [...wrongOptions(options), ...stated.issues, ...file.issues];
  return {
    report,
    errors: issues.length + gaveUp + ofSeverity(report.findings, "error").length,
    warnings: failOn === "warning" ? ofSeverity(report.findings, "warning").length : 0,
    text: [...issues, textReport(report, pc.createColors(false), EXPLAIN)].join("\n\n"),
  };
}

/** JavaScript lets everything through. */
function wrongOptions({ failOn = "error", external = [] }: RuleBookOptions): string[] {
  return [
    ...(["error", "warning"].includes(failOn)
      ? []
      : [`failOn is "${failOn}": "error" and "warning" are allowed.`]),
    ...external
      .filter((declaration) => !isDeclaration(declaration))
      .map((wrong) => `external has "${wrong}": write KIND:NAME, for example "network:shared".`),
  ];
}

/** At most so many stacks are named. */
const MAX_NAMED = 5;

function named(stacks: readonly TerraformDocument[]): string {
  const [first] = stacks;
  if (first !== undefined && stacks.length === 1) return `the stack ${first.origin}`;
  return stacks.length > MAX_NAMED
    ? plural(stacks.length, "stack")
    : `the stacks ${stacks.map(({ origin }) => origin).join(", ")}`;
}

function waiversFromFile(given: string | undefined): WaiverFile & { readonly issues: readonly string[] } {
  const cwd = process.cwd();
  const [file = given] = given === undefined ? waiverFilesIn(["."], cwd) : [];
  try {
    if (file === undefined) return { waivers: [], external: [], issues: [] };
    return { ...readWaiverFile(file, cwd, ruleTexts, given !== undefined), issues: [] };
  } catch (problem) {
    if (!(problem instanceof UserError)) throw problem;
    return { waivers: [], external: [], issues: problem.message.split("\n") };
  }
}
