import { createHash } from "node:crypto";
import { posix } from "node:path";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { FunctionTable, TerraformFunction } from "./function.ts";
import { isList, isMap, joined, mapOf, textOf } from "./values.ts";

function ofText(compute: (text: string) => Value | undefined): TerraformFunction {
  return ([value = null]) => {
    const text = textOf(value);
    return text === undefined ? undefined : compute(text);
  };
}

function hash(algorithm: string, encoding: "hex" | "base64"): TerraformFunction {
  return ofText((text) => createHash(algorithm).update(text).digest(encoding));
}

/** Only known at the apply, or each time another. */
function notYet(name: string): TerraformFunction {
  return () => new Unknown([], `${name}() gives another value each time`);
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

/** A value that JSON.parse made, without what could reach a prototype. */
function plain(value: unknown, depth = 0): Value {
  if (depth > 200) return new Unknown([], "nested too deeply");
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (typeof value === "object" && value !== null) {
    return mapOf(Object.entries(value).map(([key, item]) => [key, plain(item, depth + 1)]));
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
    file: ([path = null], files) => {
      const text = typeof path === "string" ? files.readFile(path) : undefined;
      return text ?? new Unknown([], `the file ${String(path)} is not read`);
    },
    jsondecode: ofText((text) => {
      try {
        return plain(JSON.parse(text));
      } catch {
        return undefined;
      }
    }),
    md5: hash("md5", "hex"),
    pathexpand: ofText((path) =>
      path.startsWith("~") ? new Unknown([], "the home folder is not known") : path,
    ),
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
    bcrypt: notYet("bcrypt"),
    jsonencode: ([value = null]) => joined(json(value)),
    plantimestamp: notYet("plantimestamp"),
    timestamp: notYet("timestamp"),
    uuid: notYet("uuid"),
  },
};
