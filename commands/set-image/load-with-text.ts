import { realpathSync } from "node:fs";
import { type LoadFnOutput, registerHooks } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A file of the environments folder, and the text that is in force in place of the one on disk. */
export interface ChangedFile {
  /** Absolute path, without symbolic links. */
  readonly file: string;
  readonly text: string;
}

export interface LoadedEnvironmentFile {
  /** What the file exports as `environment`. */
  readonly input: unknown;
  /** The file itself and what it imports from the environments folder: absolute paths in the order of loading. */
  readonly files: readonly string[];
}

let loads = 0;

/**
 * Loads an environment file and what it imports from its folder again, with another text of one file. Nothing is written. One load at a time:
 * the hooks are the process's.
 *
 * @param folder the environments folder
 * @throws whatever the file throws
 */
export async function loadWithText(
  folder: string,
  name: string,
  changed?: ChangedFile,
): Promise<LoadedEnvironmentFile> {
  loads += 1;
  // Node keeps a module by its URL: another query is another module.
  const query = `?load=${loads}`;
  const root = realpathSync(folder);
  const within = pathToFileURL(root + path.sep).href;
  const files: string[] = [];
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const [bare = ""] = resolved.url.split("?");
      return bare.startsWith(within) ? { ...resolved, url: bare + query } : resolved;
    },
    load(url, context, next): LoadFnOutput {
      const loaded = next(url, context);
      if (!url.startsWith(within)) return loaded;
      const file = fileURLToPath(url.split("?")[0] ?? url);
      files.push(file);
      return file === changed?.file ? { ...loaded, source: changed.text } : loaded;
    },
  });
  try {
    const module: { environment?: unknown } = await import(pathToFileURL(path.join(root, `${name}.ts`)).href);
    return { input: module.environment, files };
  } finally {
    hooks.deregister();
  }
}
