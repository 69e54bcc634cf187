import path from "node:path";
import { parseJson, readGiven } from "../graph/index.ts";
import { UserError } from "../platform/user-error.ts";
import type { LocatedFinding } from "../rules/rule.ts";
import { isRecord } from "../values/is-record.ts";

/** What was known of the findings before, and what is new. */
export interface Compared {
  readonly fresh: readonly LocatedFinding[];
  readonly known: readonly LocatedFinding[];
  readonly notes: readonly string[];
}

/**
 * Sets aside what an earlier report (`--format json`) found already. A finding is the same where severity, rule and address
 * are: its line and the numbers in its message may change.
 *
 * @throws UserError where the file is no such report
 */
export function comparedWithBaseline(
  findings: readonly LocatedFinding[],
  file: string,
  cwd: string,
): Compared {
  const left = new Map<string, number>();
  for (const key of earlierKeys(file, cwd)) left.set(key, (left.get(key) ?? 0) + 1);
  const fresh: LocatedFinding[] = [];
  const known: LocatedFinding[] = [];
  for (const finding of findings) {
    const key = keyOf(finding);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    (count > 0 ? known : fresh).push(finding);
  }
  const fixed = [...left.values()].reduce((sum, count) => sum + count, 0);
  const notes = [`${known.length} findings of the baseline ${file} do not count.`];
  if (fixed > 0)
    notes.push(
      `${fixed} findings of the baseline ${file} are fixed: write it again with --format json, so that they stay so.`,
    );
  return { fresh, known, notes };
}

function earlierKeys(file: string, cwd: string): string[] {
  const absolute = path.resolve(cwd, file);
  const json = parseJson(file, readGiven(absolute));
  const findings = isRecord(json) ? json.findings : undefined;
  if (!Array.isArray(findings) || !findings.every(isFinding))
    throw new UserError(`${file} is no report: write the baseline with --format json > ${file}.`);
  return findings.map(keyOf);
}

type Identity = Pick<LocatedFinding, "severity" | "rule" | "address">;

function isFinding(value: unknown): value is Identity {
  return (
    isRecord(value) && [value.severity, value.rule, value.address].every((each) => typeof each === "string")
  );
}

function keyOf({ severity, rule, address }: Identity): string {
  return JSON.stringify([severity, rule, address]);
}
