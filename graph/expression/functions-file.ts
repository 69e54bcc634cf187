import { createHash } from "node:crypto";
import { re2 } from "../../values/packages.ts";
import { unevaluated, type Value } from "../value.ts";
import type { Files, FunctionTable, TerraformFunction } from "./function.ts";
import { setOf } from "./functions-type.ts";

/** A function of the content of one file of the configuration. */
function ofFile(compute: (content: Buffer) => Value): TerraformFunction {
  return ([path = null], files) => {
    if (typeof path !== "string") return undefined;
    const content = files.readBytes(path);
    return content === undefined ? notRead(path) : compute(content);
  };
}

function notRead(path: string): Value {
  return unevaluated(`the file ${path} was not read`);
}

function hash(algorithm: string, encoding: "hex" | "base64"): TerraformFunction {
  return ofFile((content) => createHash(algorithm).update(content).digest(encoding));
}

/** The files below a folder whose path from it the pattern matches: `*`, `**`, `?`, `[a-z]` and `{a,b}`. */
function fileset([folder = null, pattern = null]: readonly Value[], files: Files): Value | undefined {
  if (typeof folder !== "string" || typeof pattern !== "string") return undefined;
  const found = files.listFiles(folder);
  if (found === undefined) return unevaluated(`the folder ${folder} was not read`);
  const expression = re2().RE2JS.compile(globExpression(pattern));
  return setOf(found.filter((path) => expression.matches(path)));
}

/** https://pkg.go.dev/github.com/bmatcuk/doublestar, which Terraform uses */
function globExpression(pattern: string): string {
  return pattern.replace(/\*\*\/|\*\*|\*|\?|\[[!^]?[^\]/]+\]|\{|\}|,|[^*?[\]{},]+|[\s\S]/g, (piece) => {
    if (piece === "**/") return "(?:.*/)?";
    if (piece === "**") return ".*";
    if (piece === "*") return "[^/]*";
    if (piece === "?") return "[^/]";
    if (piece === "{") return "(?:";
    if (piece === "}") return ")";
    if (piece === ",") return pattern.includes("{") ? "|" : ",";
    return piece.length > 2 && piece.startsWith("[") && piece.endsWith("]")
      ? piece.replace(/^\[!/, "[^").replaceAll("\\", "\\\\")
      : piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  });
}

export const fileFunctions: FunctionTable = {
  strict: {
    file: ([path = null], files) => {
      if (typeof path !== "string") return undefined;
      return files.readFile(path) ?? notRead(path);
    },
    filebase64: ofFile((content) => content.toString("base64")),
    filebase64sha256: hash("sha256", "base64"),
    filebase64sha512: hash("sha512", "base64"),
    fileexists: ([path = null], files) => {
      if (typeof path !== "string") return undefined;
      return files.hasFile(path) ?? unevaluated(`whether ${path} exists was not looked at`);
    },
    filemd5: hash("md5", "hex"),
    fileset,
    filesha1: hash("sha1", "hex"),
    filesha256: hash("sha256", "hex"),
    filesha512: hash("sha512", "hex"),
  },
  lenient: {},
};
