import { checkMask } from "./check-mask.ts";
import { checkValue } from "./check-value.ts";
import type { Fields } from "./document.ts";
import { type MethodAt, methodsAt } from "./documents.ts";
import { checkError } from "./error-form.ts";

export interface SentRequest {
  readonly method: string;
  /** "/v2/projects/p/locations/l/services/s?updateMask=traffic" */
  readonly url: string;
  /** @default "application/json" */
  readonly contentType?: string | undefined;
  /** Undefined where it was cut off: then it is not checked. */
  readonly body: string | undefined;
}

export interface SentResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * Where a request is none that Google has, or the response none that Google gives to it.
 *
 * @param response @default only the request is checked
 * @returns sentences
 */
export function checkCall(request: SentRequest, response?: SentResponse): string[] {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const at = methodsAt(pathname);
  const found = at.find(({ method }) => method.http === request.method);
  if (found === undefined)
    return at.length === 0
      ? ["no called method has this path; if Google has one, name it in tools/facts/called-methods.ts"]
      : [`the verb is ${at.map(({ method, id }) => `${method.http} (${id})`).join(" or ")}`];
  return [
    ...checkQuery(found, searchParams),
    ...checkBody(found, searchParams, request),
    ...(response === undefined ? [] : checkResponse(found, searchParams, response)),
  ];
}

function checkQuery({ document, method, upload }: MethodAt, query: URLSearchParams): string[] {
  const { query: own = {}, requiredQuery = [], request } = method;
  const fields: Fields = { ...document.query, ...own };
  const missing = requiredQuery.filter((name) => !query.has(name)).map((name) => `?${name} is missing`);
  const kind = query.get("uploadType");
  const wrongUpload = upload && kind !== "media" ? [`?uploadType is ${kind}: media is expected`] : [];
  const wrong = [...new Set(query.keys())].flatMap((name) => {
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (type === undefined) return [`?${name} is no parameter: there are ${Object.keys(fields).join(", ")}`];
    const isList = typeof type === "object" && "list" in type;
    const values = query.getAll(name);
    if (values.length > 1 && !isList) return [`?${name} is given ${values.length} times`];
    const one = isList ? type.list : type;
    return values.flatMap((value) => {
      const faults = checkValue(document, one, parsed(one, value), `?${name}`);
      const isMask = type === "google-fieldmask" && request !== undefined && faults.length === 0;
      return isMask ? checkMask(document, request, value) : faults;
    });
  });
  return [...missing, ...wrongUpload, ...wrong];
}

/** Numbers and booleans are texts in a query. */
function parsed(type: Fields[string], value: string): unknown {
  if (type === "boolean") return value === "true" || (value === "false" ? false : value);
  return type === "int32" || type === "uint32" || type === "double" ? Number(value) : value;
}

function checkBody(
  { document, method, upload }: MethodAt,
  query: URLSearchParams,
  { body: text, contentType = "application/json" }: SentRequest,
): string[] {
  if (upload) return query.has("name") ? [] : ["?name is missing: the body is the content itself"];
  if (text === undefined) return [];
  if (method.request === undefined) return text === "" ? [] : ["there is a body: this method takes none"];
  if (text === "") {
    const isEmpty = Object.keys(document.schemas[method.request] ?? {}).length === 0;
    return isEmpty ? [] : [`the body is missing: this method takes a ${method.request}`];
  }
  const body = contentType.startsWith(FORM) ? { value: formOf(text) } : json(text);
  return body === undefined
    ? [`the body is no JSON: ${text.slice(0, 80)}`]
    : checkValue(document, { ref: method.request }, body.value, "body");
}

/** What OAuth's clients send: names are written with underscores. */
const FORM = "application/x-www-form-urlencoded";

const formOf = (text: string): object =>
  Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

function checkResponse(
  { document, method, upload }: MethodAt,
  query: URLSearchParams,
  { status, body: text }: SentResponse,
): string[] {
  const isContent = method.download === true && query.get("alt") === "media";
  // Errors are plain text where the content itself is read or written.
  if (status < 200 || status > 299)
    return (isContent || upload) && typeof (json(text)?.value ?? "") === "string"
      ? []
      : checkError(status, json(text)?.value);
  if (isContent) return [];
  const body = json(text);
  if (body === undefined) return [`the response is no JSON: ${text.slice(0, 80)}`];
  if (method.response === undefined) return [];
  return checkValue(document, { ref: method.response }, body.value, "response");
}

function json(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
