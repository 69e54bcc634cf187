import type { TypeRecord, WritableFacts } from "./record.ts";

/** The parts of `terraform providers schema -json` that are read. */
interface JsonBlock {
  readonly attributes?: { readonly [name: string]: JsonAttribute };
  readonly block_types?: { readonly [name: string]: JsonNesting };
  readonly deprecated?: boolean;
}
interface JsonAttribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes: JsonBlock["attributes"]; readonly nesting_mode: string };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
}
interface JsonNesting {
  readonly nesting_mode: "list" | "set" | "map" | "single";
  readonly block: JsonBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}
export interface ProviderSchemas {
  readonly provider_schemas: {
    readonly [provider: string]: {
      readonly resource_schemas: { readonly [type: string]: { readonly block: JsonBlock } };
    };
  };
}

/** The resource types of a provider's schemas. */
export function typesOf(schemas: ProviderSchemas): Map<string, TypeRecord> {
  const types = new Map<string, TypeRecord>();
  for (const { resource_schemas } of Object.values(schemas.provider_schemas)) {
    for (const [type, { block }] of Object.entries(resource_schemas)) {
      const found: TypeRecord = new Map([["", block.deprecated === true ? { deprecated: true } : {}]]);
      addBlock(found, block, "");
      // Terraform makes these itself: every type has them, and hardly any schema in the provider's code names them.
      for (const path of found.keys())
        if (path === "id" || /^timeouts(?:\.|$)/.test(path)) found.delete(path);
      types.set(type, found);
    }
  }
  return types;
}

function addBlock(found: TypeRecord, block: JsonBlock, prefix: string): void {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const record: WritableFacts = {};
    found.set(prefix + name, record);
    if (attribute.required === true) record.required = true;
    if (attribute.optional === true) record.optional = true;
    if (attribute.computed === true) record.computed = true;
    if (attribute.sensitive === true) record.sensitive = true;
    if (attribute.write_only === true) record.writeOnly = true;
    if (attribute.deprecated === true) record.deprecated = true;
    addType(found, record, attribute.type, prefix + name);
    if (attribute.nested_type === undefined) continue;
    record.nested = "object";
    record.in = attribute.nested_type.nesting_mode as NonNullable<WritableFacts["in"]>;
    addBlock(found, { attributes: attribute.nested_type.attributes ?? {} }, `${prefix}${name}.`);
  }
  for (const [name, nesting] of Object.entries(block.block_types ?? {})) {
    const record: WritableFacts = { in: nesting.nesting_mode, nested: "block" };
    found.set(prefix + name, record);
    const fewest = nesting.min_items ?? 0;
    if (fewest > 0) record.required = true;
    else record.optional = true;
    if (fewest > 1) record.min = fewest;
    if (nesting.max_items !== undefined) record.max = nesting.max_items;
    if (nesting.block.deprecated === true) record.deprecated = true;
    addBlock(found, nesting.block, `${prefix}${name}.`);
  }
}

/** A type as cty writes it: "string", ["list", "string"], ["list", ["object", { ... }]]. */
function addType(found: TypeRecord, record: WritableFacts, type: unknown, path: string): void {
  if (typeof type === "string") {
    record.type = type === "dynamic" ? "any" : (type as NonNullable<WritableFacts["type"]>);
    return;
  }
  if (!Array.isArray(type)) return;
  const [kind, element] = type as [string, unknown];
  if (kind !== "object") record.in = kind as NonNullable<WritableFacts["in"]>;
  const object =
    kind === "object" ? element : Array.isArray(element) && element[0] === "object" ? element[1] : undefined;
  if (object === undefined) {
    record.type =
      typeof element === "string" && element !== "dynamic"
        ? ((element as WritableFacts["type"]) ?? "any")
        : "any";
    return;
  }
  record.nested = "object";
  for (const [name, inner] of Object.entries(object as { [name: string]: unknown })) {
    const innerRecord: WritableFacts = {};
    found.set(`${path}.${name}`, innerRecord);
    addType(found, innerRecord, inner, `${path}.${name}`);
  }
}
