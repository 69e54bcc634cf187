import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { isBelow, withinBoundary } from "../boundary.ts";
import { readBytes, readText } from "../files.ts";
import { InputError } from "../input-error.ts";
import type { Unknown } from "../value.ts";

/** Bytes; larger files are no templates. */
const MAX_TEXT_SIZE = 1_000_000;
/** Bytes of files that are hashed or encoded. */
const MAX_BINARY_SIZE = 50_000_000;
/** Files and folders that one `fileset()` looks at. */
const MAX_LISTED = 20_000;

interface Notes {
  readonly notes: Set<string>;
  giveUp(reason: string): Unknown;
}

/** The files that expressions may read: a verifier of other people's code reads nothing outside of the root module's folder. */
export class ConfigurationFiles {
  readonly #root: string | undefined;
  readonly #notes: Notes;

  constructor(root: string | undefined, notes: Notes) {
    this.#root = root;
    this.#notes = notes;
  }

  text(path: string): string | undefined {
    return this.#noted(path, (file, root) => readText(file, root, MAX_TEXT_SIZE));
  }

  bytes(path: string): Buffer | undefined {
    return this.#noted(path, (file, root) => readBytes(file, root, MAX_BINARY_SIZE));
  }

  /** Whether there is a file; undefined where that is outside of what may be looked at. */
  has(path: string): boolean | undefined {
    if (this.#root === undefined) return undefined;
    const isMissing = !existsSync(resolve(this.#root, path));
    // Whether something exists elsewhere is nobody's business either.
    if (isMissing && isBelow(nearestFolder(resolve(this.#root, path)), realpathSync(this.#root)))
      return false;
    return this.#noted(path, (inside) => statSync(inside).isFile());
  }

  /** The files below a folder, by their paths from there; links to folders are not followed. */
  below(path: string): readonly string[] | undefined {
    return this.#noted(path, (folder) => {
      const found: string[] = [];
      const folders = [folder];
      let looked = 0;
      for (const each of folders)
        for (const entry of readdirSync(each, { withFileTypes: true })) {
          if (++looked > MAX_LISTED) {
            this.#notes.giveUp(`fileset() finds more than ${MAX_LISTED} files and folders in ${path}`);
            return undefined;
          }
          const inner = resolve(each, entry.name);
          if (entry.isDirectory() && entry.name.toLowerCase() !== ".git") folders.push(inner);
          else if (entry.isFile() || this.#leadsToFile(inner, entry.isSymbolicLink()))
            found.push(relative(folder, inner).split(sep).join("/"));
        }
      return found.sort();
    });
  }

  #leadsToFile(path: string, isLink: boolean): boolean {
    return isLink && this.#root !== undefined && isLinkWithin(path, this.#root);
  }

  /** What `read` gives for a path below the root, after links; undefined, and noted, where it may not or cannot be read. */
  #noted<T>(path: string, read: (file: string, root: string) => T): T | undefined {
    if (this.#root === undefined) return undefined;
    const file = resolve(this.#root, path);
    try {
      if (!isBelow(realpathSync(file), realpathSync(this.#root)))
        throw new InputError(`${path} is outside of ${this.#root} and was not read.`);
      // Not even its names: a list of `.git` tells branches, and whether something is there.
      withinBoundary(file, this.#root);
      return read(file, this.#root);
    } catch (error) {
      const reason =
        error instanceof InputError ? error.message : `${path} does not exist or may not be read.`;
      this.#notes.notes.add(`An expression reads a file, and its value is unknown: ${reason}`);
      return undefined;
    }
  }
}

/** The nearest folder upwards that exists, all links resolved. */
function nearestFolder(path: string): string {
  return existsSync(path) ? realpathSync(path) : nearestFolder(dirname(path));
}

function isLinkWithin(path: string, root: string): boolean {
  try {
    return isBelow(realpathSync(path), realpathSync(root)) && statSync(path).isFile();
  } catch {
    return false;
  }
}
