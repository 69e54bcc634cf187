import type { z } from "zod";
import { show } from "../platform/issue.ts";
import { UserError } from "../platform/user-error.ts";
import { printable } from "../reporting/escape.ts";
import type { Ledger } from "./ledger.ts";
import { ledgerSchema } from "./ledger-schema.ts";

/** Issues that are listed; a ledger of another shape has one for each field. */
const MAX_ISSUES = 5;

/**
 * Parses a ledger.
 *
 * @throws UserError where it is damaged, of another environment or of another version: no decision may be based on it
 */
export function parseLedger(text: string, environment: string): Ledger {
  const remedy = `inspect it; once it is moved away, "npm run rollout -- adopt ${environment}" writes a new one from what serves`;
  const json = parsed(text);
  if (json === undefined)
    throw new UserError(`The ledger of rollouts of ${environment} is not valid JSON: ${remedy}.`);
  const { version, environment: named } = (json ?? {}) as { version?: unknown; environment?: unknown };
  if (version !== 2)
    throw new UserError(
      `The ledger of rollouts of ${environment} has version ${shown(version)}, and this project reads version 2: use the version that wrote it, or ${remedy}.`,
    );
  if (named !== environment)
    throw new UserError(`The ledger of rollouts is of ${shown(named)}, not of ${environment}: ${remedy}.`);
  const result = ledgerSchema.safeParse(json);
  if (result.success) return result.data;
  const { issues } = result.error;
  const more = issues.length > MAX_ISSUES ? [`  and ${issues.length - MAX_ISSUES} more`] : [];
  throw new UserError(
    [
      `The ledger of rollouts of ${environment} is damaged, and no decision is based on it: ${remedy}.`,
      ...issues.slice(0, MAX_ISSUES).map((issue) => `  ${described(issue, json)}`),
      ...more,
    ].join("\n"),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function described({ path, message }: z.core.$ZodIssue, json: unknown): string {
  const value = path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null)?.[key],
    json,
  );
  return printable(`${path.map(String).join(".")}: ${shown(value)}: ${message}`);
}

const shown = (value: unknown): string => printable(show(value));
