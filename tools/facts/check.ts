import type { AttributeFacts, History } from "../../resources/facts/attribute.ts";
import type { Histories } from "./history.ts";
import type { TypeRecord } from "./record.ts";

const compared = ["type", "in", "nested", "required"] as const;

/**
 * Where the histories differ from what Terraform itself says of a version, one line each. Empty where the reader of the
 * provider's code understood all of it. Inside an object that is computed, Terraform shows only the types.
 */
export function checkAgainst(
  version: string,
  types: ReadonlyMap<string, TypeRecord>,
  histories: Histories,
): string[] {
  const lines: string[] = [];
  for (const [type, wanted] of types) {
    const paths = histories.get(type) ?? new Map<string, History>();
    for (const path of new Set([...wanted.keys(), ...paths.keys()])) {
      // The provided schemas have lost attributes of this name together with the descriptions.
      if (/(?:^|\.)description(?:\.|$)/.test(path)) continue;
      const [said, read] = [wanted.get(path), at(paths.get(path) ?? [], version)];
      if (said === undefined && read === undefined) continue;
      if (said === undefined || read === undefined)
        lines.push(
          `${version} ${type}.${path}: only ${said === undefined ? "in the code" : "in the schema"}`,
        );
      else if (!isInObject(path, wanted))
        for (const key of compared)
          if (said[key] !== read[key])
            lines.push(
              `${version} ${type}.${path}: ${key} is ${said[key]} in the schema, ${read[key]} in the code`,
            );
    }
  }
  return lines;
}

function at(history: History, version: string): AttributeFacts | undefined {
  let found: AttributeFacts | null = null;
  for (const [since, record] of history) if (compare(since, version) <= 0) found = record;
  return found ?? undefined;
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const differing = left?.findIndex((number, index) => number !== right?.[index]) ?? -1;
  return differing < 0 ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0);
}

function isInObject(path: string, types: TypeRecord): boolean {
  const steps = path.split(".");
  return steps.some(
    (_, index) => index > 0 && types.get(steps.slice(0, index).join("."))?.nested === "object",
  );
}
