import { constraintsOf } from "./go-constraints.ts";
import { Call, type GoValue, Named, Struct } from "./go-values.ts";
import type { TypeRecord, WritableFacts } from "./record.ts";

/** Thrown where a schema is made by code that the reader does not follow: the type has no facts from this version. */
export class Unreadable extends Error {}

const FLOAT = "schema.TypeFloat";

const scalars: { readonly [type: string]: WritableFacts["type"] } = {
  "schema.TypeString": "string",
  "schema.TypeBool": "bool",
  "schema.TypeInt": "number",
  [FLOAT]: "number",
};
const collections: { readonly [type: string]: WritableFacts["in"] } = {
  "schema.TypeList": "list",
  "schema.TypeSet": "set",
  "schema.TypeMap": "map",
};

/**
 * The facts of a resource as Terraform's plugin SDK derives them from its schema.
 * @throws Unreadable
 */
export function typeRecord(resource: GoValue): TypeRecord {
  if (!(resource instanceof Struct)) throw new Unreadable("it is no schema.Resource");
  const found: TypeRecord = new Map();
  const own: WritableFacts = {};
  if (
    resource.fields.get("DeprecationMessage") !== undefined &&
    isText(resource.fields.get("DeprecationMessage"))
  )
    own.deprecated = true;
  found.set("", own);
  addSchema(found, resource.fields.get("Schema"), "");
  // As in other types: Terraform makes them itself.
  found.delete("id");
  return found;
}

function isText(value: GoValue | undefined): boolean {
  return typeof value === "string" && value !== "";
}

function addSchema(found: TypeRecord, schema: GoValue | undefined, prefix: string): void {
  if (!(schema instanceof Map)) throw new Unreadable(`the attributes of "${prefix}" are not listed`);
  for (const [name, attribute] of schema) {
    if (!(attribute instanceof Struct)) throw new Unreadable(`${prefix}${name} is no schema.Schema`);
    addAttribute(found, attribute, prefix + name);
  }
}

function addAttribute(found: TypeRecord, attribute: Struct, path: string): void {
  const record: WritableFacts = {};
  found.set(path, record);
  const type = nameOf(attribute.fields.get("Type"), path);
  const flag = (name: string) => flagOf(attribute, name, path);
  const element = elementOf(attribute.fields.get("Elem"));
  const scalar = scalars[type];
  const collection = collections[type];
  if (scalar === undefined && collection === undefined) throw new Unreadable(`${path} has the type ${type}`);
  if (flag("Required")) record.required = true;
  if (flag("Optional")) record.optional = true;
  if (flag("Computed")) record.computed = true;
  if (scalar !== undefined) record.type = scalar;
  if (type === FLOAT || (element?.kind === "scalar" && element.isFloat)) record.fraction = true;
  if (collection !== undefined) {
    record.in = collection;
    const written = nameOf(attribute.fields.get("ConfigMode") ?? new Named(""), path);
    if (element?.kind === "resource" && collection !== "map") {
      const asAttribute =
        written === "schema.SchemaConfigModeAttr" ||
        (record.computed === true && record.optional === undefined);
      record.nested = asAttribute && written !== "schema.SchemaConfigModeBlock" ? "object" : "block";
    } else record.type = element?.kind === "scalar" ? element.type : collection === "map" ? "string" : "any";
  }
  const count = (name: string) => numberOf(attribute.fields.get(name), path);
  const [most, fewest] = [count("MaxItems"), count("MinItems")];
  if (most > 0) record.max = most;
  if (fewest > 0) record.min = fewest;
  if (flag("ForceNew")) record.immutable = true;
  if (flag("Sensitive")) record.sensitive = true;
  if (flag("WriteOnly")) record.writeOnly = true;
  if (isText(attribute.fields.get("Deprecated"))) record.deprecated = true;
  const byDefault = attribute.fields.get("Default");
  if (typeof byDefault === "string" || typeof byDefault === "number" || typeof byDefault === "boolean")
    record.default = byDefault;
  Object.assign(record, constraintsOf(attribute, element?.kind === "scalar" ? element.schema : undefined));
  // Terraform's plugin SDK counts the attribute itself among them, whether it is listed or not.
  for (const group of ["exactlyOne", "atLeastOne"] as const)
    if (record[group] !== undefined) record[group] = [...new Set([...record[group], path])].sort();
  if (element?.kind === "resource") addSchema(found, element.schema.fields.get("Schema"), `${path}.`);
}

type Element =
  | {
      readonly kind: "scalar";
      readonly type: NonNullable<WritableFacts["type"]>;
      readonly isFloat: boolean;
      readonly schema: Struct;
    }
  | { readonly kind: "schema" | "resource"; readonly schema: Struct };

function elementOf(value: GoValue | undefined): Element | undefined {
  if (!(value instanceof Struct)) return undefined;
  if (value.type === "schema.Resource" || value.fields.has("Schema"))
    return { kind: "resource", schema: value };
  const type = value.fields.get("Type");
  const name = type instanceof Named ? type.name : "";
  const scalar = scalars[name];
  return scalar === undefined
    ? { kind: "schema", schema: value }
    : { kind: "scalar", type: scalar, isFloat: name === FLOAT, schema: value };
}

function nameOf(value: GoValue | undefined, path: string): string {
  if (value instanceof Named) return value.name;
  throw new Unreadable(`${path} has a type that is computed`);
}

function flagOf(attribute: Struct, name: string, path: string): boolean {
  const value = attribute.fields.get(name) ?? false;
  if (typeof value === "boolean") return value;
  throw new Unreadable(`${name} of ${path} is computed`);
}

function numberOf(value: GoValue | undefined, path: string): number {
  if (value === undefined) return 0;
  if (typeof value === "number") return value;
  if (value instanceof Call || value instanceof Named) return 0;
  throw new Unreadable(`a number of ${path} is computed`);
}
