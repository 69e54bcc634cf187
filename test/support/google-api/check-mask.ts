import type { ApiDocument, Fields, ValueType } from "./document.ts";

/** A name, or the key of a map in backticks: "traffic", "`team-name`". */
const PART = String.raw`(?:\w+|\`[^\`]+\`)`;
const PATH = `${PART}(?:\\.${PART})*`;
/** "traffic,template.timeout,labels.team", "*" for all fields, or nothing: https://google.aip.dev/161 */
export const MASK = new RegExp(`^(?:\\*|${PATH}(?:,${PATH})*)?$`);

/**
 * Where a field mask names what its schema does not have. Below a map a path names a key; below a list there is nothing to
 * name.
 *
 * @param mask "traffic,template.timeout"
 */
export function checkMask(document: ApiDocument, schema: string, mask: string): string[] {
  return parts(mask, PATH).flatMap((path) => {
    const unknown = firstUnknown(document, { ref: schema }, parts(path, PART));
    return unknown === undefined ? [] : [`the mask names ${path}: ${unknown}`];
  });
}

const parts = (text: string, pattern: string): readonly string[] =>
  text.match(new RegExp(pattern, "g")) ?? [];

function firstUnknown(
  document: ApiDocument,
  type: ValueType,
  [name, ...rest]: readonly string[],
): string | undefined {
  if (name === undefined) return undefined;
  if (typeof type === "object" && "map" in type) return firstUnknown(document, type.map, rest);
  const fields = fieldsOf(document, type);
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field === undefined
    ? `${name} is no field; there are ${Object.keys(fields).join(", ")}`
    : firstUnknown(document, field, rest);
}

function fieldsOf(document: ApiDocument, type: ValueType): Fields {
  if (typeof type === "string") return {};
  if ("ref" in type) return document.schemas[type.ref] ?? {};
  return "fields" in type ? type.fields : {};
}
