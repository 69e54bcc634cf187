interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

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
    .flatMap((line) => jsonOf(line)?.diagnostic ?? [])
    .filter(({ severity }) => severity === "error");
  const errors = diagnostics.map(({ summary, detail = "", address = "" }) => ({ summary, detail, address }));
  return unique(errors.length > 0 ? errors : plainErrors(output));
}

/** Parses a line of machine-readable output; undefined where it is not JSON. */
export function jsonOf(
  line: string,
): { readonly diagnostic?: Diagnostic; readonly type?: string } | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    // The last line of a program that was killed.
    return undefined;
  }
}

function plainErrors(output: string): TerraformError[] {
  return output
    .split(/^(?:│ )?Error: /m)
    .slice(1)
    .map((text) => {
      const [summary = "", ...detail] = text.replace(/^[│╷╵] ?/gm, "").split(/\n\s*\n/);
      return { summary: oneLine(summary), detail: oneLine(detail.join(" ")), address: "" };
    });
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
