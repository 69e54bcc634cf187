/** Something wrong in an environment file, told so that a person can mend it without reading code. */
export interface Mistake {
  /** Where: "services.backend.instances.max". */
  readonly path: string;
  /** What stands there. */
  readonly value: string;
  /** What may stand there, with the limit's origin. */
  readonly allowed: string;
  /** What to change. */
  readonly fix: string;
}

/** The value as a person wrote it, short enough for one line. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = asText(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function asText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    // Cyclic, or with a toJSON that throws: what it is says enough.
    return `something (${typeof value}) that cannot be shown`;
  }
}

export function formatMistake(mistake: Mistake): string {
  const end = /[.?!]$/.test(mistake.fix) ? "" : ".";
  return `${mistake.path} is ${mistake.value}: ${mistake.allowed}. Fix: ${mistake.fix}${end}`;
}
