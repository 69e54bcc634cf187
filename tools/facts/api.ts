import { parse } from "yaml";

/** Which field of which API each path of a type is, as the provider's own metadata has it. */
export interface ApiMapping {
  readonly type: string;
  /** "redis.v1": how discovery documents are named. */
  readonly api: string;
  /** "Instance". */
  readonly kind: string;
  /** From the path in Terraform to the path in the API. */
  readonly fields: ReadonlyMap<string, string>;
}

interface Metadata {
  readonly resource?: string;
  readonly api_service_name?: string;
  readonly api_version?: string;
  readonly api_resource_type_kind?: string;
  readonly fields?: readonly {
    readonly api_field?: string;
    readonly field?: string;
    readonly json?: boolean;
  }[];
}

/** The parts of a discovery document that are read. */
export interface DiscoveryDocument {
  readonly schemas?: { readonly [name: string]: DiscoverySchema };
}
interface DiscoverySchema {
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly items?: DiscoverySchema;
  readonly properties?: { readonly [name: string]: DiscoverySchema };
}

/** Reads a `*_meta.yaml` of the provider's repository. */
export function apiMapping(text: string): ApiMapping | undefined {
  const metadata = parse(text) as Metadata | null;
  const { resource, api_service_name, api_version, api_resource_type_kind, fields } = metadata ?? {};
  if (resource === undefined || api_service_name === undefined || api_version === undefined) return undefined;
  const mapped = (fields ?? []).flatMap(({ api_field, field, json }): [string, string][] =>
    api_field === undefined || json === true ? [] : [[field ?? snakeCase(api_field), api_field]],
  );
  return {
    type: resource,
    api: `${api_service_name.replace(/\.googleapis\.com$/, "")}.${api_version}`,
    kind: api_resource_type_kind ?? "",
    fields: new Map(mapped),
  };
}

/** "maintenancePolicy.weeklyWindow" is written maintenance_policy.weekly_window. */
function snakeCase(path: string): string {
  return path.replace(
    /[A-Z]+(?![a-z])|[A-Z]/g,
    (upper, at: number) => (at === 0 || path[at - 1] === "." ? "" : "_") + upper.toLowerCase(),
  );
}

/** The words that the API has for the paths of a type; paths that hold no enumeration are left out. */
export function apiWords(mapping: ApiMapping, document: DiscoveryDocument): Map<string, readonly string[]> {
  const words = new Map<string, readonly string[]>();
  for (const [path, field] of mapping.fields) {
    let schema: DiscoverySchema | undefined = { $ref: mapping.kind };
    for (const step of field.split(".")) schema = resolved(schema, document)?.properties?.[step];
    const found = resolved(schema, document)?.enum;
    if (found !== undefined && found.length > 0) words.set(path, found);
  }
  return words;
}

/** The schema behind references and lists. */
function resolved(
  schema: DiscoverySchema | undefined,
  document: DiscoveryDocument,
): DiscoverySchema | undefined {
  let found = schema;
  for (let depth = 0; depth < 10 && found !== undefined; depth++) {
    if (found.$ref !== undefined) found = document.schemas?.[found.$ref];
    else if (found.items !== undefined) found = found.items;
    else return found;
  }
  return found;
}
