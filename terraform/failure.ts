import path from "node:path";
import process from "node:process";
import { withoutSecretTexts } from "../resources/index.ts";
import { shellWord } from "../values/words.ts";
import type { Terraform } from "./binary.ts";
import { errorsOf, type TerraformError } from "./diagnostics.ts";
import { knownFailure } from "./known-failures.ts";
import type { StackFolder } from "./stack-folders.ts";

export type Step = "init" | "plan" | "show" | "apply";

/** Why a stack could not be planned or applied. */
export interface StackFailure {
  readonly stack: string;
  readonly step: Step;
  /** Stable name: "locked", "no-credentials", "stale-plan" ...; "unknown" where Terraform's own words are all there is. */
  readonly kind: string;
  /** What is wrong and what to do; several lines where several things went wrong. */
  readonly sentence: string;
}

/** What Terraform has written, as sentences with the remedy where the failure is known, and in its own words otherwise. */
export function stackFailure(
  stack: StackFolder,
  step: Step,
  output: string,
  terraform: Terraform,
): StackFailure {
  const command = `${shellWord(terraform.command)} -chdir=${shellWord(path.relative(process.cwd(), stack.folder) || ".")}`;
  const errors = errorsOf(output);
  const failures = errors.map((error) => knownFailure(error, command) ?? inOwnWords(error));
  const [first = { kind: "unknown", sentence: lastWords(step, output) }] = failures;
  // An interrupted apply says of other errors why it stopped; those matter more.
  const { kind } = failures.find(({ kind }) => kind !== "interrupted" && kind !== "unknown") ?? first;
  return {
    stack: stack.name,
    step,
    kind,
    sentence: withoutSecretTexts(
      sentences(failures.length > 0 ? failures : [first]).join("\n"),
      "(sensitive)",
    ),
  };
}

/** Errors of one kind reported per stack; where Google does not respond, each of its resources fails. */
const MAX_ERRORS_SHOWN = 3;

/** Each sentence once; of a known kind only some, unknown ones in full. */
function sentences(all: readonly { readonly kind: string; readonly sentence: string }[]): string[] {
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const failures = all.filter((failure) => failure.kind === kind);
    const unique = [...new Set(failures.map(({ sentence }) => sentence))];
    return kind === "unknown" || unique.length <= MAX_ERRORS_SHOWN
      ? unique
      : [
          ...unique.slice(0, MAX_ERRORS_SHOWN),
          `and ${unique.length - MAX_ERRORS_SHOWN} more of the same kind`,
        ];
  });
}

/** A step that was not started, because the run was interrupted. */
export function notBegun(stack: StackFolder, step: Step): StackFailure {
  return { stack: stack.name, step, kind: "interrupted", sentence: "Interrupted before it began." };
}

function inOwnWords({ summary, detail, address }: TerraformError): { kind: string; sentence: string } {
  const at = address === "" ? "" : ` (at ${address})`;
  return { kind: "unknown", sentence: [`${summary}${at}`, detail].filter(Boolean).join("\n") };
}

/** A program that was killed, or fell over, writes no error. */
function lastWords(step: Step, output: string): string {
  const lines = output.trim().split("\n").slice(-5);
  return [`terraform ${step} ended without an error message; its last words:`, ...lines].join("\n");
}

/** Failures of several stacks as a report: shared ones appear once. */
export function failureLines(failures: readonly StackFailure[]): string[] {
  const stacks = new Map<string, string[]>();
  for (const { stack, sentence } of failures) stacks.set(sentence, [...(stacks.get(sentence) ?? []), stack]);
  return [...stacks].flatMap(([sentence, names]) => {
    const [first = "", ...more] = sentence.split("\n");
    return [`${names.join(", ")}: ${first}`, ...more.map((line) => `  ${line}`)];
  });
}
