import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { getHeapStatistics } from "node:v8";
import { repositoryOf, withinBoundary } from "./boundary.ts";
import { refuseDuplicateKeys } from "./duplicate-keys.ts";
import { InputError } from "./input-error.ts";

/** Bytes; what a larger input is parsed to would not fit into memory. */
const maxFileSize = Math.min(400_000_000, getHeapStatistics().heap_size_limit / 8);

const reasons: { readonly [code: string]: string } = {
  EACCES: "may not be read",
  EISDIR: "is a folder",
  ELOOP: "is a symbolic link to itself",
  ENAMETOOLONG: "has too long a name",
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
};

function refused(path: string, error: unknown): InputError {
  const code = (error as { code?: string } | null)?.code ?? "";
  return new InputError(
    `${path} ${reasons[code] ?? `could not be read (${code === "" ? String(error) : code})`}.`,
  );
}

/** The path that means standard input, as in `kustomize build | verify -`. */
export const STDIN = "-";

export async function kindOf(path: string): Promise<"file" | "folder"> {
  if (path === STDIN) return "file";
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "folder";
    if (found.isFile()) return "file";
  } catch (error) {
    throw refused(path, error);
  }
  throw new InputError(`${path} is neither a file nor a folder.`);
}

/** The names in a folder, sorted; hidden ones and editors' copies left out, as Terraform does. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    withinBoundary(folder, folder);
    return (await readdir(folder)).filter((name) => !/^\.|~$|^#.*#$/.test(name)).sort();
  } catch (error) {
    throw error instanceof InputError ? error : refused(folder, error);
  }
}

/** The text of a file that a person names: outside of a repository it may be a link or a pipe to anywhere. */
export function readGiven(path: string): string {
  return textOf(path, () => {
    if (path === STDIN) return readFileSync(0);
    const isInRepository = repositoryOf(dirname(path)) !== undefined;
    if (isInRepository) withinBoundary(path, dirname(path));
    return contentOf(path, maxFileSize, !isInRepository);
  });
}

/**
 * The text of a file that was found in a folder, or that the input names.
 *
 * @param folder that it is found in
 * @throws InputError where it is a link out of its repository or folder, belongs to `.git`, or is a device or a pipe
 */
export function readText(
  path: string,
  folder: string = dirname(path),
  maxSize: number = maxFileSize,
): string {
  return textOf(path, () => contentOf(withinBoundary(path, folder), maxSize, false, path));
}

/** The content of a file, with the same boundary. */
export function readBytes(path: string, folder: string, maxSize: number): Buffer {
  return contentOf(withinBoundary(path, folder), maxSize, false, path);
}

function textOf(path: string, read: () => Buffer): string {
  let bytes: Buffer;
  try {
    bytes = read();
  } catch (error) {
    throw error instanceof InputError ? error : refused(path, error);
  }
  // PowerShell writes redirected output, such as a plan, in UTF-16.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  if (bytes.subarray(0, 8_000).includes(0)) throw new InputError(`${path} is not text.${hint(bytes)}`);
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}

/** Opened before it is looked at, and without waiting: a pipe without a writer would never open. */
function contentOf(path: string, maxSize: number, pipes: boolean, name: string = path): Buffer {
  const file = openSync(path, constants.O_RDONLY | (pipes ? 0 : (constants.O_NONBLOCK ?? 0)));
  try {
    const found = fstatSync(file);
    if (found.isDirectory()) throw new InputError(`${name} is a folder.`);
    if (!found.isFile() && !(pipes && found.isFIFO())) throw new InputError(`${name} is no regular file.`);
    if (found.size > maxSize) throw new InputError(`${name} is larger than ${Math.floor(maxSize / 1e6)} MB.`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** A plan as Terraform saves it is a zip archive. */
function hint(bytes: Buffer): string {
  return bytes.subarray(0, 2).toString("latin1") === "PK"
    ? " A saved plan is read as `terraform show -json PLANFILE`."
    : "";
}

/** The text of a file that need not be there; undefined where it is not. */
export function textIfThere(path: string): string | undefined {
  return existsSync(path) ? readText(path) : undefined;
}

/** Terraform that is written as JSON. @throws InputError with the line of a syntax error, or of a key that occurs twice */
export function parseTerraformJson(path: string, text: string): unknown {
  const json = parseJson(path, text);
  refuseDuplicateKeys(path, text);
  return json;
}

/** @throws InputError with the line of the first syntax error */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
    const cutOff = /Unexpected end|Unterminated/.test(message) || position >= text.trimEnd().length;
    const read = cutOff ? text.trimEnd() : text.slice(0, position);
    const where = Number.isNaN(position) && !cutOff ? "" : `, line ${read.split("\n").length},`;
    const what = cutOff ? "it ends too early" : "it has a character that does not belong there";
    throw new InputError(`${path}${where} is not JSON: ${what}.`);
  }
}
