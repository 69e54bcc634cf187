import { createHash } from "node:crypto";
import { posix } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { isUnknown, unevaluated, type Value } from "../value.ts";
import { csvRows } from "./csv.ts";
import type { Files, FunctionTable, TerraformFunction } from "./function.ts";
import { isList, isMap, joined, mapOf, textOf } from "./values.ts";
import { TooLarge } from "./work.ts";
import { yamlText, yamlValue } from "./yaml.ts";

/** Of what compressed text is unpacked to. */
const MAX_UNPACKED_BYTES = 2_000_000;

/** By their IANA names. */
const ENCODINGS: { readonly [name: string]: BufferEncoding } = {
  "ISO-8859-1": "latin1",
  "US-ASCII": "latin1",
  "UTF-16LE": "utf16le",
  "UTF-8": "utf8",
};

/** https://www.rfc-editor.org/rfc/rfc4122#appendix-C */
const UUID_NAMESPACES: { readonly [name: string]: string } = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

function ofText(compute: (text: string, files: Files) => Value | undefined): TerraformFunction {
  return ([value = null], files) => {
    const text = textOf(value);
    return text === undefined ? undefined : compute(text, files);
  };
}

/** Undefined where Terraform rejects the text too. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

/** One object for each line after the first, which names the columns. */
function csvRecords(text: string): Value | undefined {
  const [columns = [], ...rows] = csvRows(text) ?? [];
  if (columns.length === 0 || rows.some((row) => row.length !== columns.length)) return undefined;
  return rows.map((row) => mapOf(columns.map((column, i) => [column, row[i] ?? ""])));
}

function uuidOf(namespace: string, name: string): string | undefined {
  const id = UUID_NAMESPACES[namespace] ?? namespace;
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
  const bytes = createHash("sha1")
    .update(Buffer.from(id.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function hash(algorithm: string, encoding: "hex" | "base64"): TerraformFunction {
  return ofText((text) => createHash(algorithm).update(text).digest(encoding));
}

/** JSON text in which unknown values stay unknown pieces, so that what is known around them can be read. */
function json(value: Value): Value[] {
  if (isUnknown(value)) return value.parts.length > 0 ? ['"', value, '"'] : [value];
  if (isList(value)) return ["[", ...between(value.map(json)), "]"];
  if (!isMap(value)) return [escaped(value)];
  const entries = Object.keys(value).sort();
  return ["{", ...between(entries.map((key) => [escaped(key), ":", ...json(value[key] ?? null)])), "}"];
}

function between(items: readonly (readonly Value[])[]): Value[] {
  return items.flatMap((item, i) => (i === 0 ? item : [",", ...item]));
}

/** As Go's encoder does, which Terraform uses. */
function escaped(value: Value): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A value that a parser made, without what could reach a prototype. */
function plain(value: unknown, files: Files, depth = 0): Value {
  // Aliases of YAML repeat what they name.
  if (depth > 200 || !files.spend(1)) throw new TooLarge("its result is too large");
  if (Array.isArray(value)) return value.map((item) => plain(item, files, depth + 1));
  if (typeof value === "object" && value !== null) {
    return mapOf(Object.entries(value).map(([key, item]) => [key, plain(item, files, depth + 1)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

export const encodingFunctions: FunctionTable = {
  strict: {
    abspath: ofText((path) => posix.resolve(path)),
    base64decode: ofText((text) => Buffer.from(text, "base64").toString("utf8")),
    base64encode: ofText((text) => Buffer.from(text, "utf8").toString("base64")),
    base64sha256: hash("sha256", "base64"),
    base64sha512: hash("sha512", "base64"),
    basename: ofText((path) => posix.basename(path)),
    dirname: ofText((path) =>
      path.endsWith("/") ? posix.normalize(path).replace(/(.)\/$/, "$1") : posix.dirname(path),
    ),
    base64gunzip: ofText((text) =>
      gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: MAX_UNPACKED_BYTES }).toString("utf8"),
    ),
    base64gzip: ofText((text) => gzipSync(text).toString("base64")),
    csvdecode: ofText(csvRecords),
    jsondecode: ofText((text, files) => {
      const json = parsed(() => JSON.parse(text));
      return json === undefined ? undefined : plain(json, files);
    }),
    rsadecrypt: () => unevaluated("what rsadecrypt() gives is a secret"),
    textdecodebase64: ([text = null, encoding = null]) => {
      if (typeof text !== "string" || typeof encoding !== "string") return undefined;
      return new TextDecoder(encoding).decode(Buffer.from(text, "base64"));
    },
    textencodebase64: ([text = null, encoding = null]) => {
      const charset = ENCODINGS[String(encoding).toUpperCase()];
      if (typeof text !== "string" || charset === undefined) return undefined;
      return Buffer.from(text, charset).toString("base64");
    },
    urldecode: ofText((text) => parsed(() => decodeURIComponent(text.replaceAll("+", " ")))),
    uuidv5: ([namespace = null, name = null]) =>
      typeof namespace === "string" && typeof name === "string" ? uuidOf(namespace, name) : undefined,
    yamldecode: ofText((text, files) => plain(yamlValue(text), files)),
    yamlencode: ([value = null]) => yamlText(value),
    md5: hash("md5", "hex"),
    pathexpand: ofText((path) => (path.startsWith("~") ? unevaluated("the home folder is not known") : path)),
    sha1: hash("sha1", "hex"),
    sha256: hash("sha256", "hex"),
    sha512: hash("sha512", "hex"),
    urlencode: ofText((text) =>
      encodeURIComponent(text)
        .replace(/%20/g, "+")
        .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
    ),
  },
  lenient: {
    jsonencode: ([value = null]) => joined(json(value)),
  },
};
