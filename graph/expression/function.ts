import type { Value } from "../value.ts";

/** What a function may need in addition to its arguments. */
export interface Files {
  readFile(path: string): string | undefined;
  spend(work: number): boolean;
  note(sentence: string): void;
  markSensitive(value: Value): void;
}

/** A function of Terraform. Returns undefined for arguments that Terraform rejects. */
export type TerraformFunction = (args: readonly Value[], files: Files) => Value | undefined;

export interface FunctionTable {
  /** Whose result is unknown where one of the arguments is. */
  readonly strict: { readonly [name: string]: TerraformFunction };
  /** That make something of unknown arguments. */
  readonly lenient: { readonly [name: string]: TerraformFunction };
}
