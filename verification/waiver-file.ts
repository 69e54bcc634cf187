import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { readGiven, readText } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import type { RuleText, Waiver } from "../rules/waivers.ts";
import { isRecord } from "../values/is-record.ts";
import { unknownRule } from "./report/explain.ts";

/** What is accepted, why, and until which day (YYYY-MM-DD). */
export type WaiverTerms = Pick<Waiver, "rule" | "reason" | "expires">;

/** Waivers and external resources of Terraform outside this project. */
export interface WaiverFile {
  readonly waivers: readonly Waiver[];
  /** "KIND:NAME" of what exists elsewhere. */
  readonly external: readonly string[];
}

const fileName = "verify.waivers.json";

/** The waiver files in these folders. */
export function waiverFilesIn(paths: readonly string[], cwd: string): string[] {
  return paths
    .filter((given) => statSync(path.resolve(cwd, given), { throwIfNoEntry: false })?.isDirectory())
    .map((folder) => path.join(folder, fileName))
    .filter((file) => existsSync(path.resolve(cwd, file)));
}

/**
 * @param file relative to `cwd`
 * @param isGiven whether a person names it; one that is found in a verified folder may not lead out of it
 * @throws UserError where the file cannot be read or is invalid, with a line for each fault
 */
export function readWaiverFile(
  file: string,
  cwd: string,
  rules: readonly RuleText[],
  isGiven: boolean,
): WaiverFile {
  const json = readJson(file, cwd, isGiven ? readGiven : readText);
  if (!isRecord(json)) throw new UserError(`${file} is not an object of "waivers" and "external".`);
  const issues = Object.keys(json)
    .filter((key) => key !== "waivers" && key !== "external")
    .map((key) => `${file} has "${key}": only "waivers" and "external" are known.`);
  const { waivers = [], external = [] } = json;
  if (!Array.isArray(waivers)) issues.push(`${file}: "waivers" is not a list.`);
  if (!Array.isArray(external) || !external.every(isDeclaration))
    issues.push(`${file}: "external" is not a list of KIND:NAME, for example ["network:shared"].`);
  const read = (Array.isArray(waivers) ? waivers : []).map((waiver: unknown, index) =>
    readWaiver(waiver, `${file}: waivers[${index}]`, rules, issues),
  );
  throwIssues(issues);
  return { waivers: read.map((terms) => ({ ...terms, origin: file })), external: external as string[] };
}

function throwIssues(issues: readonly string[]): void {
  if (issues.length > 0) throw new UserError(issues.join("\n"));
}

function readJson(file: string, cwd: string, read: (path: string) => string): unknown {
  const absolute = path.resolve(cwd, file);
  if (!existsSync(absolute)) throw new UserError(`The waiver file ${file} does not exist.`);
  const text = read(absolute);
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`The waiver file ${file} is not JSON.`);
  }
}

function readWaiver(
  waiver: unknown,
  where: string,
  rules: readonly RuleText[],
  issues: string[],
): WaiverTerms & { readonly address: string } {
  const terms = termsOf(waiver, where, rules, issues);
  const { address } = isRecord(waiver) ? waiver : {};
  if (typeof address === "string" && address !== "") return { ...terms, address };
  issues.push(`${where} names no "address".`);
  return { ...terms, address: "" };
}

/**
 * What a waiver states wherever it is written.
 *
 * @param where how its place is named in the message
 * @throws UserError where it is invalid, with a line for each fault
 */
export function readTerms(waiver: unknown, where: string, rules: readonly RuleText[]): WaiverTerms {
  const issues: string[] = [];
  const terms = termsOf(waiver, where, rules, issues);
  throwIssues(issues);
  return terms;
}

/** @param issues gets a line for each fault, after which the terms are of no use */
function termsOf(waiver: unknown, where: string, rules: readonly RuleText[], issues: string[]): WaiverTerms {
  const { rule, reason, expires } = isRecord(waiver) ? waiver : {};
  if (typeof rule !== "string" || rule === "") issues.push(`${where} names no "rule".`);
  else if (!rules.some(({ id }) => id === rule)) issues.push(`${where}: ${unknownRule(rule, rules)}`);
  if (typeof reason !== "string" || reason.trim() === "") issues.push(`${where} gives no "reason".`);
  if (typeof expires !== "string" || !isDate(expires))
    issues.push(`${where} has no "expires" date, written as YYYY-MM-DD.`);
  return { rule: String(rule), reason: String(reason), expires: String(expires) };
}

/** A day that exists: 2026-02-30 would otherwise silently mean another one. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** "KIND:NAME" */
export function isDeclaration(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]+:.+$/.test(value);
}
