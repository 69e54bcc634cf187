import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { optionalModules } from "../../tools/optional-modules.ts";
import { ROOT, type Run } from "../support/project.ts";

const MODULES = path.join(ROOT, "node_modules");
let others: string | undefined;

/** A file of an installed package: "jest/bin/jest.js". */
export const bin = (file: string): string => path.join(MODULES, file);

/** A file of a package that only other projects need, which is installed when the first test asks for one. */
export function othersBin(file: string): string {
  others ??= optionalModules("other-projects");
  return path.join(others, file);
}

/** What a program that found nothing wrong comes to, next to what it printed. */
export const passed = { status: 0, stderr: "" };

/** A temporary folder with projects that use the package as it is published; what else they need is linked from this project. */
export interface Packed {
  /** Has the package installed, alone until `link`. */
  readonly folder: string;
  readonly archive: string;
  /** Where it was packed. */
  readonly source: string;
  /** Makes packages of this project's node_modules resolvable: "name", or "name=other" for another package of that name. */
  link(...packages: readonly string[]): void;
  /**
   * A folder in which the package and others find only these packages, as `link` takes them. Node runs in it with
   * --preserve-symlinks.
   */
  isolated(name: string, ...packages: readonly string[]): void;
  write(file: string, text: string): void;
  run(program: string, args: readonly string[], cwd?: string): Run;
  /** Runs Node; `cwd` is relative to the folder. */
  node(args: readonly string[], cwd?: string): Run;
  remove(): void;
}

/** Packs this project and installs the archive without a registry: the package depends on nothing. */
export function packed(): Packed {
  const folder = mkdtempSync(path.join(tmpdir(), "package-"));
  const modules = path.join(folder, "node_modules");
  const run = (program: string, args: readonly string[], cwd = folder): Run => {
    // Nothing of this project is in the way.
    const env = {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      NO_COLOR: "1",
      CHECKPOINT_DISABLE: "1",
      npm_config_offline: "true",
    };
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd,
      env,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, stdout, stderr };
  };
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const source = path.join(folder, "source");
  linkSource(source);
  must(run("npm", ["pack", "--silent", "--pack-destination", folder], source));
  const [archive = ""] = globSync("*.tgz", { cwd: folder });
  write("package.json", '{ "name": "elsewhere", "private": true }');
  must(run("npm", ["install", "--no-audit", "--no-fund", archive]));
  return {
    folder,
    source,
    archive: path.join(folder, archive),
    write,
    run,
    node: (args, cwd = ".") => run(process.execPath, args, path.join(folder, cwd)),
    link: (...packages) => link(modules, packages),
    isolated: (name, ...packages) => {
      const own = path.join(folder, name, "node_modules");
      link(own, packages);
      symlinkSync(path.join(modules, "single-source-platform"), path.join(own, "single-source-platform"));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Packing writes dist/ and README.md, which other tests may be reading in this project. */
function linkSource(folder: string): void {
  for (const file of ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "docs/package.md"])
    cpSync(path.join(ROOT, file), path.join(folder, file));
  symlinkSync(path.join(ROOT, "tools"), path.join(folder, "tools"));
}

function link(modules: string, packages: readonly string[]): void {
  for (const given of packages) {
    const [name = "", actual = name] = given.split("=");
    const place = path.join(modules, name);
    mkdirSync(path.dirname(place), { recursive: true });
    rmSync(place, { recursive: true, force: true });
    symlinkSync(existsSync(bin(actual)) ? bin(actual) : othersBin(actual), place);
  }
}

function must({ status, stdout, stderr }: Run): void {
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
}
