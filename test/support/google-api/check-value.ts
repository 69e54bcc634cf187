import { MASK } from "./check-mask.ts";
import type { ApiDocument, Fields, ValueType } from "./document.ts";

/** What the words of a format look like in JSON: 64-bit numbers are texts. */
const TEXTS: Readonly<Record<string, RegExp>> = {
  string: /^/,
  int64: /^-?\d{1,19}$/,
  uint64: /^\d{1,20}$/,
  byte: /^[A-Za-z0-9+/_-]*={0,2}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/,
  "google-datetime": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/,
  "google-duration": /^-?\d{1,12}(\.\d{1,9})?s$/,
  "google-fieldmask": MASK,
};
/** What JSON cannot say in a number. */
const SPECIAL = ["NaN", "Infinity", "-Infinity"];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Where a JSON value is not what a discovery document describes.
 *
 * @param at where it is, for the sentences: "body.traffic[0]"
 * @returns sentences
 */
export function checkValue(document: ApiDocument, type: ValueType, value: unknown, at: string): string[] {
  const shown = JSON.stringify(value)?.slice(0, 80);
  if (typeof type === "string") return isOf(type, value) ? [] : [`${at} is ${shown}: ${type} is expected`];
  if ("enum" in type)
    return type.enum.includes(value as string) ? [] : [`${at} is ${shown}: one of ${type.enum.join(", ")}`];
  if ("list" in type)
    return Array.isArray(value)
      ? value.flatMap((one, index) => checkValue(document, type.list, one, `${at}[${index}]`))
      : [`${at} is ${shown}: a list is expected`];
  if (!isObject(value)) return [`${at} is ${shown}: an object is expected`];
  if ("ref" in type) return checkFields(document, document.schemas[type.ref] ?? {}, value, at);
  if ("fields" in type) return checkFields(document, type.fields, value, at);
  if ("map" in type)
    return Object.entries(value).flatMap(([key, one]) => checkValue(document, type.map, one, `${at}.${key}`));
  return checkAny(document, value, at);
}

function checkFields(
  document: ApiDocument,
  fields: Fields,
  value: Readonly<Record<string, unknown>>,
  at: string,
): string[] {
  return Object.entries(value).flatMap(([name, one]) => {
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (type !== undefined) return checkValue(document, type, one, `${at}.${name}`);
    return [`${at}.${name} is no field: there are ${Object.keys(fields).join(", ")}`];
  });
}

function isOf(type: string, value: unknown): boolean {
  if (type === "any") return true;
  if (type === "boolean") return typeof value === "boolean";
  if (type === "int32" || type === "uint32" || type === "integer") {
    const lowest = type === "uint32" ? 0 : -(2 ** 31);
    return Number.isInteger(value) && Number(value) >= lowest && Number(value) < lowest + 2 ** 32;
  }
  if (type === "double" || type === "float" || type === "number")
    return typeof value === "number" || SPECIAL.includes(value as string);
  const text = TEXTS[type];
  if (text === undefined) throw new Error(`unknown format ${type}`);
  return typeof value === "string" && text.test(value);
}

/** google.protobuf.Any: `@type` names the schema of the other fields. */
function checkAny(document: ApiDocument, value: Readonly<Record<string, unknown>>, at: string): string[] {
  const { "@type": name, ...fields } = value;
  const [, full] = /^type\.googleapis\.com\/([\w.]+)$/.exec(String(name)) ?? [];
  if (full === undefined) return [`${at} has no @type: "type.googleapis.com/google.cloud.run.v2.Service"`];
  // Schemas are named without dots, and some documents leave the package out.
  const schema = full
    .split(".")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  const known = Object.keys(document.schemas).find((one) => one === schema);
  return known === undefined ? [] : checkValue(document, { ref: known }, fields, at);
}
