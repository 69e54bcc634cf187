import { readFileSync, writeFileSync } from "node:fs";
import { UserError } from "../platform/user-error.ts";

/** @throws UserError where the step before has written none */
export function readReport(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UserError(`${file} cannot be read: the step before this one writes it.`);
  }
}

/** @throws UserError where the file cannot be written */
export function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw unwritableReport(file, error);
  }
}

export function unwritableReport(file: string, error: unknown): UserError {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return new UserError(
    `The report cannot be written to ${file} (${reason}): name a file in an existing folder, for example report.md.`,
  );
}
