import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import { InputError, readGraph } from "../../graph/index.ts";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with the files, by their paths in it; removed after the tests. */
export function folderOf(files: { readonly [path: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), "graph-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Why the paths cannot be read. */
export async function inputError(...paths: string[]): Promise<string> {
  try {
    await readGraph(paths);
  } catch (problem) {
    if (problem instanceof InputError) return problem.message;
    throw problem;
  }
  throw new Error("an InputError was expected");
}
