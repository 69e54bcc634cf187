import { UserError } from "./user-error.ts";

/** A folder that the file system refuses to take files in: what it is, the system's reason, and what to do. */
export function unwritable(folder: string, error: unknown, fix: string): UserError {
  const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return new UserError(`The ${folder} cannot be written (${reason}): ${fix}.`);
}
