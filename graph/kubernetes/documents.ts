import type { Document, LineCounter, YAMLMap } from "yaml";
import { InputError } from "../input-error.ts";
import { isObject, type Json, listOf, objectOf, own } from "../json.ts";

/** One Kubernetes object with the line that it begins at. */
export interface KubernetesDocument {
  readonly line: number;
  readonly object: Json;
}

export interface KubernetesFile {
  readonly documents: readonly KubernetesDocument[];
  /** What is no Kubernetes object, with its line: "12", "12 (kind Gateway without apiVersion)". */
  readonly others: readonly string[];
  /** What was not read, one sentence each. */
  readonly unread: readonly string[];
}

/** Characters; longer files are generated, and cost the parser more than they are worth. */
const maxFileLength = 10_000_000;

/** Charts and generators fill these in; until then the file is not YAML. */
const TEMPLATE = /\{\{|^\s*\$\{[A-Z_]+\}\s*$/m;

/**
 * The Kubernetes objects of a file of one or many YAML documents, lists of kind List taken apart, and
 * what is none (a values file).
 *
 * @throws InputError where the YAML is broken, with its line
 */
export async function parseManifests(path: string, text: string): Promise<KubernetesFile> {
  if (text.length > maxFileLength)
    throw new InputError(`${path} is longer than ${maxFileLength / 1e6} million characters.`);
  const { isMap, isScalar, LineCounter: Lines, parseAllDocuments, visit } = await import("yaml");
  const lines = new Lines();
  /** `name: {{ .Values.name }}` is YAML of a kind: an object whose key is an object. */
  const hasObjectAsKey = (document: Document.Parsed): boolean => {
    let found = false;
    visit(document, {
      Pair(_, { key }) {
        if (!isMap(key)) return undefined;
        found = true;
        return visit.BREAK;
      },
    });
    return found;
  };
  const refuseDuplicates = (document: Document.Parsed): void =>
    visit(document, {
      Map(_, { items }) {
        const seen = new Set<unknown>();
        for (const { key } of items) {
          if (!isScalar(key) || key.value === "<<" || !seen.has(key.value))
            seen.add(isScalar(key) ? key.value : key);
          else {
            const { line } = lines.linePos(key.range?.[0] ?? 0);
            throw new InputError(
              `${path}, line ${line}, is not YAML: the key ${String(key.value)} occurs twice.`,
            );
          }
        }
      },
    });
  const parsed: readonly Document.Parsed[] = [
    // The parser compares each key with all others: ours is looked up.
    ...parseAllDocuments(text, { lineCounter: lines, merge: true, uniqueKeys: false }),
  ];
  // A ConfigMap may quote a template: only a file that is not YAML, or has objects as keys, is one.
  if (
    TEMPLATE.test(text) &&
    parsed.some((document) => document.errors.length > 0 || hasObjectAsKey(document))
  )
    return {
      documents: [],
      others: [],
      unread: [`${path} is a template: render it first, then verify what comes out.`],
    };
  const read = parsed.filter((document) => !(isMap(document.contents) && isDefinition(document.contents)));
  const others: string[] = [];
  const all = read.flatMap((document) => {
    refuseBroken(path, document, lines);
    refuseDuplicates(document);
    const { line } = lines.linePos(document.contents?.range?.[0] ?? document.range[0]);
    const items = itemsIn(plain(path, document));
    others.push(...items.filter((item) => !isKubernetesObject(item)).map((item) => `${line}${kindIn(item)}`));
    return items.filter(isKubernetesObject).map((object) => ({ line, object }));
  });
  // A patch of kustomize names an object and holds a part of it.
  const isPatch = ({ object }: KubernetesDocument): boolean => own(object, "$patch") !== undefined;
  return {
    documents: all.filter((document) => !isPatch(document)),
    others,
    unread: all
      .filter(isPatch)
      .map(({ line }) => `${path}:${line} is a patch: verify what \`kustomize build\` makes of it.`),
  };
}

/**
 * Definitions of kinds describe no object, are large, and are often generated with long texts that only Go's
 * YAML reads.
 */
function isDefinition(contents: YAMLMap): boolean {
  const kinds = contents.items.filter(({ key }) => String(key) === "kind");
  return kinds.length === 1 && String(kinds[0]?.value) === "CustomResourceDefinition";
}

function refuseBroken(path: string, document: Document.Parsed, lines: LineCounter): void {
  const [error] = document.errors;
  if (error === undefined) return;
  const { line } = lines.linePos(error.pos[0]);
  const reason = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "");
  throw new InputError(`${path}, line ${line}, is not YAML: ${reason}.`);
}

function plain(path: string, document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new InputError(
      `${path} is not YAML that can be read: ${error instanceof Error ? error.message.split("\n")[0] : error}.`,
    );
  }
}

/** The document, or the items of a list; nothing in an empty one. */
function itemsIn(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  return isKubernetesObject(value) &&
    String(own(value, "kind")).endsWith("List") &&
    Array.isArray(own(value, "items"))
    ? listOf(own(value, "items")).flatMap(itemsIn)
    : [value];
}

function isKubernetesObject(value: unknown): value is Json {
  return (
    isObject(value) && typeof own(value, "apiVersion") === "string" && typeof own(value, "kind") === "string"
  );
}

function kindIn(value: unknown): string {
  const kind = own(objectOf(value), "kind");
  return typeof kind === "string" ? ` (kind ${kind} without apiVersion)` : "";
}
