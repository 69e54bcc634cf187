import type { ApiDocument, ApiMethod, Fields, ValueType } from "../../test/support/google-api/document.ts";
import type { Kept } from "./called-methods.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly required?: boolean;
  readonly location?: string;
  readonly repeated?: boolean;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

interface Method {
  readonly id: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly parameters?: Readonly<Record<string, Schema>>;
  readonly request?: { readonly $ref: string };
  readonly response?: { readonly $ref: string };
  readonly mediaUpload?: { readonly protocols: { readonly simple?: { readonly path: string } } };
  readonly supportsMediaDownload?: boolean;
}

interface Resource {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

export interface FullDocument extends Resource {
  readonly id: string;
  readonly revision: string;
  readonly rootUrl: string;
  readonly servicePath: string;
  readonly parameters: Readonly<Record<string, Schema>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/**
 * The facts of a discovery document that the kept methods and schemas reach; no sentences.
 *
 * @param api "run.v2"
 * @throws Error where the document has no such method or schema
 */
export function apiDocument(
  api: string,
  document: FullDocument,
  { methods = [], schemas = [] }: Kept,
): ApiDocument {
  const known = new Map(methodsOf(document).map((method) => [method.id, method]));
  const kept = methods.map((id) => {
    const method = known.get(id);
    if (method === undefined) throw new Error(`${api} has no method ${id}.`);
    return [id, apiMethod(document, method)] as const;
  });
  const roots = kept.flatMap(([, { request, response }]) => [request ?? [], response ?? []].flat());
  return {
    api,
    revision: document.revision,
    root: document.rootUrl,
    query: fieldsOf(document.parameters),
    methods: Object.fromEntries(kept),
    schemas: reached(api, document, [...roots, ...schemas]),
  };
}

const methodsOf = ({ methods = {}, resources = {} }: Resource): Method[] => [
  ...Object.values(methods),
  ...Object.values(resources).flatMap(methodsOf),
];

function apiMethod({ servicePath }: FullDocument, method: Method): ApiMethod {
  const parameters = Object.entries(method.parameters ?? {});
  const inPath = parameters.filter(([, { location }]) => location === "path");
  const inQuery = parameters.filter(([, { location }]) => location === "query");
  const required = inQuery.filter(([, { required }]) => required).map(([name]) => name);
  const upload = method.mediaUpload?.protocols.simple?.path;
  return {
    http: method.httpMethod,
    path: servicePath + method.path,
    ...(inPath.length === 0
      ? {}
      : {
          pathParameters: Object.fromEntries(
            inPath.map(([name, { pattern = "^[^/]+$" }]) => [name, pattern]),
          ),
        }),
    ...(inQuery.length === 0 ? {} : { query: fieldsOf(Object.fromEntries(inQuery)) }),
    ...(required.length === 0 ? {} : { requiredQuery: required }),
    ...(method.request === undefined ? {} : { request: method.request.$ref }),
    ...(method.response === undefined ? {} : { response: method.response.$ref }),
    ...(upload === undefined ? {} : { upload: upload.replace(/^\//, "") }),
    ...(method.supportsMediaDownload === true ? { download: true } : {}),
  };
}

/** The schemas by name, and those that they refer to. */
function reached(api: string, { schemas }: FullDocument, roots: readonly string[]): Record<string, Fields> {
  const found = new Map<string, Fields>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`${api} has no schema ${name}.`);
    const fields = fieldsOf(schema.properties ?? {});
    found.set(name, fields);
    waiting.push(...Object.values(fields).flatMap(references));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function references(type: ValueType): string[] {
  if (typeof type === "string") return [];
  if ("ref" in type) return [type.ref];
  if ("list" in type) return references(type.list);
  if ("map" in type) return references(type.map);
  return "fields" in type ? Object.values(type.fields).flatMap(references) : [];
}

const fieldsOf = (properties: Readonly<Record<string, Schema>>): Fields =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valueType(schema)]));

function valueType(schema: Schema): ValueType {
  if (schema.repeated === true) return { list: valueType({ ...schema, repeated: false }) };
  if (schema.$ref !== undefined) return { ref: schema.$ref };
  if (schema.type === "array") return { list: valueType(schema.items ?? { type: "any" }) };
  if (schema.enum !== undefined) return { enum: schema.enum };
  if (schema.type !== "object") return schema.format ?? schema.type ?? "any";
  const { additionalProperties: more } = schema;
  if (more === undefined) return { fields: fieldsOf(schema.properties ?? {}) };
  // The one thing that only a sentence says: google.protobuf.Any, against google.protobuf.Struct.
  if (more.type === "any" && more.description?.includes("@type") === true) return { any: true };
  return { map: valueType(more) };
}
