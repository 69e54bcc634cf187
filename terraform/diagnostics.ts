import { z } from "zod";

/** A line of `-json` that is a diagnostic; Terraform writes others as well. */
const diagnosticLine = z.object({
  diagnostic: z.object({
    severity: z.string(),
    summary: z.string(),
    detail: z.string().default(""),
    address: z.string().default(""),
  }),
});

/** One error of Terraform. */
export interface TerraformError {
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource that it is about; empty where there is none. */
  readonly address: string;
}

/** The errors in Terraform's output: JSON lines with -json, plain text otherwise. */
export function errorsOf(output: string): TerraformError[] {
  const diagnostics = output
    .split("\n")
    .flatMap((line) => diagnosticLine.safeParse(jsonOf(line)).data?.diagnostic ?? [])
    .filter(({ severity }) => severity === "error");
  const errors = diagnostics.map(({ summary, detail, address }) => ({ summary, detail, address }));
  return unique(errors.length > 0 ? errors : plainErrors(output));
}

/** Parses a file, or a line of machine-readable output; undefined where it is no object of JSON, as the last line of a killed program. */
export function jsonOf(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function plainErrors(output: string): TerraformError[] {
  return (
    output
      // The init of OpenTofu before 1.9 has words of its own for a state that it cannot read.
      .split(/^(?:│ )?Error(?: refreshing state)?: /m)
      .slice(1)
      .map((text) => {
        const [summary = "", ...detail] = text.replace(/^[│╷╵] ?/gm, "").split(/\n\s*\n/);
        return { summary: oneLine(summary), detail: oneLine(detail.join(" ")), address: "" };
      })
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** An unconfigured provider repeats its error for each resource. */
function unique(errors: readonly TerraformError[]): TerraformError[] {
  return [
    ...new Map(
      errors.map((error) => [`${error.summary}\n${error.detail}\n${error.address}`, error]),
    ).values(),
  ];
}
