import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { optionalModules } from "./optional-modules.ts";

const root = path.dirname(import.meta.dirname);

/** Options of TypeDoc, as its command line takes them. */
const OPTIONS = [
  ...["--name", "single-source-platform", "--readme", "none", "--logLevel", "Warn"],
  ...["--excludePrivate", "--excludeExternals", "--disableSources", "--treatWarningsAsErrors"],
  // A step of its own, with another TypeScript.
  "--skipErrorChecking",
  // Types that only appear in the signatures of others are described there.
  ...["--validation.notExported", "false", "--validation.rewrittenLink", "true"],
];

/**
 * Writes the reference of what the package exports, from the doc comments.
 *
 * @param folder where it goes, relative to the repository
 * @returns whether it was written without a warning, for example about a link that leads nowhere; they are printed
 */
export function writeApiReference(folder: string): boolean {
  const typedoc = path.join(optionalModules("api-docs"), "typedoc/bin/typedoc");
  const entries = [
    "index.ts",
    "stacks/index.ts",
    "assertions/index.ts",
    "testing/index.ts",
    "constructs/**/*.ts",
  ];
  const args = [
    ...["--tsconfig", "tsconfig.json", "--out", path.resolve(root, folder)],
    ...OPTIONS,
    ...entries,
  ];
  const { status } = spawnSync(process.execPath, [typedoc, ...args], { cwd: root, stdio: "inherit" });
  return status === 0;
}
