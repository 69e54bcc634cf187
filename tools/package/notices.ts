import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly repository?: string | { readonly url?: string };
}

/** Name, version, licence, origin and licence text of every npm package that a bundle contains. */
export function notices(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  const parts = [...folders].sort().map((folder) => notice(path.join(root, folder)));
  return `This package contains parts of the following programs.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** "node_modules/@scope/name" of a file below it; undefined for a file of this project. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function notice(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
  const { name, version, license = "unknown licence", repository } = manifest;
  const source = typeof repository === "string" ? repository : (repository?.url ?? "");
  const [file] = existsSync(folder) ? globSync("{LICENSE,LICENCE,License,license}*", { cwd: folder }) : [];
  const text = file === undefined ? "" : `\n${readFileSync(path.join(folder, file), "utf8").trim()}\n`;
  return `${name} ${version} (${license})\n${source}\n${text}`;
}
