import { Reader } from "../expression/reader.ts";
import { HclSyntaxError } from "../expression/syntax.ts";
import { InputError } from "../input-error.ts";
import type { Json } from "../json.ts";
import { parseBody } from "./body.ts";

/** Characters; longer files are generated, and their tree would not fit into memory. */
const maxFileLength = 5_000_000;

/** A file of HCL as the Terraform JSON that means the same. */
export interface HclFile {
  readonly json: Json;
  /** Lines on which the outer blocks begin, by their bodies. */
  readonly lines: ReadonlyMap<unknown, number>;
}

/** @throws InputError with line and column of the first syntax error */
export function parseHcl(path: string, text: string): HclFile {
  if (text.length > maxFileLength)
    throw new InputError(`${path} is longer than ${maxFileLength / 1e6} million characters.`);
  const reader = new Reader(text);
  reader.linesAreSpace = false;
  const lines = new Map<unknown, number>();
  let line = 1;
  let counted = 0;
  try {
    const json = parseBody(reader, undefined, (body, at) => {
      for (let end = text.indexOf("\n", counted); end >= 0 && end < at; end = text.indexOf("\n", end + 1))
        line++;
      counted = at;
      lines.set(body, line);
    });
    return { json, lines };
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    const read = text.slice(0, error.at).split("\n");
    const column = Array.from(read.at(-1) ?? "").length + 1;
    throw new InputError(
      `${path}, line ${read.length}, column ${column}, cannot be read as HCL: ${error.message}.`,
    );
  }
}
