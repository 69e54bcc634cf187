import type { Attributes } from "../../attributes.ts";
import { holdsPlaceholder } from "../../placeholders.ts";

const PRIMITIVES = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
const COMPLEX = ["record", "error", "enum", "array", "map", "fixed"];
/** Types are nested by records, lists and unions. */
const DEEPEST = 40;

/** A type of an Avro schema that neither Avro nor the schema itself defines. */
export function* unknownAvroType(schema: Attributes) {
  const text = schema.string("type") === "AVRO" ? schema.string("definition") : undefined;
  if (text === undefined || text === "" || holdsPlaceholder(text)) return;
  const parsed = parseJson(text);
  if (parsed === undefined) {
    yield {
      found: "definition is no JSON",
      because: "a schema of Avro is JSON",
      fix: "Write it with jsonencode().",
    };
    return;
  }
  const wrong = firstUnknown(parsed, new Set(), 0);
  if (wrong !== undefined)
    yield {
      found: `definition has the type "${wrong}"`,
      because: `Avro has ${[...PRIMITIVES, ...COMPLEX].join(", ")}, and the schema defines no such name`,
      fix: `Write for example "${/^int(eger)?/.test(wrong) ? "int" : "string"}".`,
    };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstUnknown(type: unknown, defined: Set<string>, depth: number): string | undefined {
  if (depth > DEEPEST) return undefined;
  if (typeof type === "string")
    // A name with dots, or of a namespace, may be written in full or short.
    return [...PRIMITIVES, ...COMPLEX].includes(type) ||
      type.includes(".") ||
      defined.has(type) ||
      type === ""
      ? undefined
      : type;
  if (Array.isArray(type)) return first(type, defined, depth);
  if (typeof type !== "object" || type === null) return undefined;
  const { type: kind, name, fields, items, values } = type as { readonly [key: string]: unknown };
  if (typeof name === "string" && typeof kind === "string" && COMPLEX.includes(kind)) defined.add(name);
  const inner = Array.isArray(fields) ? fields.map((field: unknown) => Object(field).type) : [];
  return firstUnknown(kind, defined, depth + 1) ?? first([...inner, items, values], defined, depth);
}

function first(types: readonly unknown[], defined: Set<string>, depth: number): string | undefined {
  for (const type of types) {
    const wrong = firstUnknown(type, defined, depth + 1);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** A protocol buffer schema is one message, with others inside of it only. */
export function* severalMessages(schema: Attributes) {
  const text = schema.string("type") === "PROTOCOL_BUFFER" ? schema.string("definition") : undefined;
  if (text === undefined) return;
  const code = text.replace(/"(?:\\.|[^"\\])*"|\/\/.*|\/\*[\s\S]*?\*\//g, " ");
  let depth = 0;
  const names: string[] = [];
  for (const [token, name] of code.matchAll(/[{}]|\bmessage\s+(\w+)/g)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (depth === 0 && name !== undefined) names.push(name);
  }
  if (names.length > 1)
    yield {
      found: `definition has the messages ${names.join(", ")}`,
      because: "a schema is exactly one message",
      fix: `Write the others inside of ${names[0]}.`,
    };
}
