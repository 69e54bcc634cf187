import type { Unknown, Value } from "../value.ts";

/** What a function may need in addition to its arguments. */
export interface Files {
  /** Undefined where the file may not or cannot be read, which is noted. */
  readFile(path: string): string | undefined;
  readBytes(path: string): Buffer | undefined;
  /** Whether there is a file; undefined where that may not be looked at. */
  hasFile(path: string): boolean | undefined;
  /** Paths of the files below a folder, from there; undefined where it may not or cannot be read. */
  listFiles(folder: string): readonly string[] | undefined;
  /** Takes note of work done; false when it is too much (expressions that multiply each other). */
  spend(work: number): boolean;
  /** Takes note of why a value is unknown that Terraform knows, one sentence. */
  note(sentence: string): void;
  /** Takes note of a value that no report may repeat. */
  markSensitive(value: Value): void;
  /** True where the value is one of those, or holds one. */
  isSensitive(value: Value): boolean;
  /** Takes note of what could not be evaluated at all: less was checked than there is. The value in its place. */
  giveUp(reason: string): Unknown;
}

/** A function of Terraform. Returns undefined for arguments that Terraform rejects. */
export type TerraformFunction = (args: readonly Value[], files: Files) => Value | undefined;

export interface FunctionTable {
  /** Whose result is unknown where one of the arguments is. */
  readonly strict: { readonly [name: string]: TerraformFunction };
  /** That make something of unknown arguments. */
  readonly lenient: { readonly [name: string]: TerraformFunction };
}
