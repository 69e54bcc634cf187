/** Values of placeholders: credentials, and what earlier steps kept. */
export type Values = ReadonlyMap<string, string>;

/**
 * Replaces {{name}}; undefined where one has no value.
 *
 * @param write encoding of a value @default as it is
 */
export function fill(
  text: string,
  values: Values,
  write: (value: string) => string = (value) => value,
): string | undefined {
  let missing = false;
  const filled = text.replaceAll(/\{\{([A-Za-z0-9_]+)\}\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) missing = true;
    return write(value ?? "");
  });
  return missing ? undefined : filled;
}

/** In a path or query a value is percent-encoded: a token with + or # must arrive unchanged. */
export function fillPath(text: string, values: Values): string | undefined {
  return fill(text, values, encodeURIComponent);
}

/** In a JSON text a value is escaped as part of a string. */
export function fillBody(text: string, values: Values): string | undefined {
  const isJson = parsed(text) !== undefined;
  return fill(text, values, isJson ? (value) => JSON.stringify(value).slice(1, -1) : undefined);
}

/** All headers filled; undefined where a value is missing. */
export function fillAll(
  texts: Readonly<Record<string, string>>,
  values: Values,
): Record<string, string> | undefined {
  const filled: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) {
    const value = fill(text, values);
    if (value === undefined) return undefined;
    filled[name] = value;
  }
  return filled;
}

/** "session.token" of { session: { token: "x" } } is x; a number or a boolean becomes its text. */
export function fieldOf(body: unknown, path: string): string | undefined {
  let value = body;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
