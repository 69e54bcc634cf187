import { copyFileSync, existsSync, renameSync } from "node:fs";
import path from "node:path";

/** npm packs README.md and no other; the repository's is kept here meanwhile. */
const ASIDE = ".README.repository.md";

/** Makes README.md that of the package, until `restoreReadme`. */
export function usePackageReadme(folder: string): void {
  renameSync(path.join(folder, "README.md"), path.join(folder, ASIDE));
  copyFileSync(path.join(folder, "docs/package.md"), path.join(folder, "README.md"));
}

/** Does nothing where README.md is the repository's. */
export function restoreReadme(folder: string): void {
  const aside = path.join(folder, ASIDE);
  if (existsSync(aside)) renameSync(aside, path.join(folder, "README.md"));
}
