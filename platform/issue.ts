/** Where in an environment: keys and list positions, as zod gives them. */
export type Path = readonly (string | number)[];

/** A value of an environment that must be changed. */
export interface Issue {
  /** The value that a person would change. */
  readonly path: Path;
  /** What it is now. */
  readonly value: string;
  /** What is allowed, with the limit's origin or the arithmetic, and the other setting it collides with. */
  readonly allowed: string;
  /** What to change. */
  readonly fix: string;
  /** Other values that the check reads: the issue is withheld where one of them could not be read. */
  readonly uses?: readonly Path[];
}

/** An issue as people read it. */
export interface ReportedIssue extends Pick<Issue, "value" | "allowed" | "fix"> {
  /** "services.backend.instances.max" */
  readonly path: string;
}

/** The value as a person wrote it, short enough for one line. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = asText(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function asText(value: unknown): string {
  if (Number.isNaN(value)) return "not a number";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    // Cyclic, or with a toJSON that throws: the type says enough.
    return `something (${typeof value}) that cannot be shown`;
  }
}

/** Signs that steer a terminal; keys and values are anything that a file exports. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

export function formatIssue({ path, value, allowed, fix }: ReportedIssue): string {
  return `${path} is ${value}: ${allowed}. Fix: ${fix}${/[.?!]$/.test(fix) ? "" : "."}`.replace(
    CONTROLS,
    " ",
  );
}
