import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describeUnless } from "./skipped.ts";

interface Installable {
  /** How to get it. */
  readonly remedy: string;
  /** Folders beside the PATH. */
  readonly beside: () => readonly string[];
  /** Other names that it goes by. */
  readonly alias: readonly string[];
}

/** Programs that tests run for real, where Debian and PostgreSQL put them beside the PATH, and how to get them. */
const PROGRAMS = {
  postgres: { remedy: "apt-get install postgresql", beside: postgresFolders, alias: [] },
  initdb: { remedy: "apt-get install postgresql", beside: postgresFolders, alias: [] },
  "redis-server": { remedy: "apt-get install redis-server", beside: none, alias: [] },
  mariadbd: { remedy: "apt-get install mariadb-server", beside: sbin, alias: [] },
  terraform: {
    remedy: "install Terraform from https://developer.hashicorp.com/terraform/install",
    beside: none,
    alias: [],
  },
  chromium: { remedy: "apt-get install chromium", beside: none, alias: ["google-chrome"] },
  zizmor: { remedy: "pip install zizmor==1.32.0", beside: none, alias: [] },
  python3: { remedy: "apt-get install python3", beside: none, alias: [] },
} as const satisfies Record<string, Installable>;

export type Program = keyof typeof PROGRAMS;

/** Debian keeps the servers of PostgreSQL off the PATH, the newest version last. */
function postgresFolders(): string[] {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(root, version, "bin"));
}

/** Debian keeps it off the PATH of most people. */
function sbin(): string[] {
  return ["/usr/sbin"];
}

function none(): string[] {
  return [];
}

/** Path of the program; undefined where this machine has none. */
export function findProgram(name: Program): string | undefined {
  const { beside, alias } = PROGRAMS[name];
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), ...beside()];
  return [name, ...alias]
    .flatMap((each) => folders.map((folder) => path.join(folder, each)))
    .find(isExecutable);
}

/** Path of a program that stands in a `describeWith` of its name. */
export function program(name: Program): string {
  const found = findProgram(name);
  if (found === undefined) throw new Error(missing(name));
  return found;
}

/** A describe that needs programs: where one is missing it fails in CI, and is skipped with a line elsewhere. */
export function describeWith(names: readonly Program[], title: string, tests: () => void): void {
  const absent = names.filter((name) => findProgram(name) === undefined);
  describeUnless(absent.map(missing), title, tests);
}

function missing(name: Program): string {
  return `${name} is not on this machine: ${PROGRAMS[name].remedy}`;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
