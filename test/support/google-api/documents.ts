import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ApiDocument, ApiMethod } from "./document.ts";

const FOLDER = path.join(import.meta.dirname, "../../fixtures/discovery");

/** A method of an API at the path that it has. */
export interface MethodAt {
  readonly document: ApiDocument;
  readonly id: string;
  readonly method: ApiMethod;
  /** Whether the path is that of an upload, whose body is the content itself. */
  readonly upload: boolean;
}

let read: readonly ApiDocument[] | undefined;
let patterns: readonly (MethodAt & { readonly pattern: RegExp })[] | undefined;

/** The facts of Google's discovery documents by which every request and every fake is checked. */
export function documents(): readonly ApiDocument[] {
  read ??= readdirSync(FOLDER)
    .filter((name) => name !== "source.json")
    .map((name) => JSON.parse(readFileSync(path.join(FOLDER, name), "utf8")) as ApiDocument);
  return read;
}

/** @param api "monitoring.v3" */
export function documentOf(api: string): ApiDocument {
  const found = documents().find((document) => document.api === api);
  if (found === undefined) throw new Error(`no discovery document ${api}`);
  return found;
}

/** All methods that have this path, by whatever verb; names of resources are still encoded in it. */
export function methodsAt(pathname: string): readonly MethodAt[] {
  patterns ??= documents().flatMap((document) =>
    Object.entries(document.methods).flatMap(([id, method]) =>
      [method.path, ...(method.upload === undefined ? [] : [method.upload])].map((template) => ({
        document,
        id,
        method,
        upload: template === method.upload,
        pattern: patternOf(template, method),
      })),
    ),
  );
  const at = pathname.replace(/^\//, "");
  return patterns.filter(({ pattern }) => pattern.test(at));
}

function patternOf(template: string, { pathParameters = {} }: ApiMethod): RegExp {
  const source = template
    .split(/\{\+?(\w+)\}/)
    .map((part, index) =>
      index % 2 === 0
        ? part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
        : `(?:${(pathParameters[part] ?? "[^/]+").replace(/^\^/, "").replace(/\$$/, "")})`,
    );
  return new RegExp(`^${source.join("")}$`);
}
