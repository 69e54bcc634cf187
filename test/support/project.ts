import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { rooms } from "../../rooms.ts";
import { runCommand } from "./commands-in-one-process.ts";
import { ROOT } from "./root.ts";

export { ROOT };
/** A project with environments of its own: tests know none of those in environments/, whose numbers are their owners'. */
export const FIXTURES = path.join(ROOT, "test/fixtures");
/** Arguments of Node that run a command as npm's scripts do, on the project of the fixtures. */
export const MAIN = [path.join(ROOT, "tools/start.mjs"), "test/support/run-project.ts", FIXTURES];

/** What a copied project shares with this one: all but its environments. */
const ROOMS = [...Object.keys(rooms), "commands", "index.ts", "node_modules", "rooms.ts", "tools"]
  .filter((room) => room !== "environments")
  .filter((room) => existsSync(path.join(ROOT, room)));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of this project in a temporary folder, whose environments a test may change; everything else is the real thing. */
export interface Project {
  readonly folder: string;
  /** Replaces a text of an environment file; it must be there. */
  edit(environment: string, from: string, to: string): void;
  /** The same wherever it stands in the file. */
  replaceAll(environment: string, from: string, to: string): void;
  write(file: string, text: string): void;
  /** Synthesizes as `npm start` and cdktf do. */
  main(...args: string[]): Promise<Run>;
  cdktf(...args: string[]): Run;
  remove(): void;
}

/** An environment file of the fixtures, as it would be written in environments/ of a project. */
export function environmentFile(name: string): string {
  const text = readFileSync(path.join(FIXTURES, "environments", `${name}.ts`), "utf8");
  return text.replaceAll('"../../../', '"../');
}

export function project(): Project {
  const folder = mkdtempSync(path.join(os.tmpdir(), "project-"));
  for (const shared of ROOMS) symlinkSync(path.join(ROOT, shared), path.join(folder, shared));
  for (const file of ["main.ts", "package.json", "cdktf.json"])
    copyFileSync(path.join(ROOT, file), path.join(folder, file));
  mkdirSync(path.join(folder, "environments"));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const name of ["staging", "production"]) write(`environments/${name}.ts`, environmentFile(name));
  const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    CI: "true",
    NO_COLOR: "1",
    CHECKPOINT_DISABLE: "1",
    PLATFORM_ENVIRONMENTS: "",
    CDKTF_OUTDIR: undefined,
  });
  const change = (environment: string, from: string, by: (text: string) => string): void => {
    const file = `environments/${environment}.ts`;
    const text = readFileSync(path.join(folder, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
    write(file, by(text));
  };
  return {
    folder,
    write,
    edit: (environment, from, to) => change(environment, from, (text) => text.replace(from, () => to)),
    replaceAll: (environment, from, to) => change(environment, from, (text) => text.replaceAll(from, to)),
    main: (...args) => runCommand(["synth", ...args], { folder, env: env() }),
    cdktf: (...args) => {
      const program = path.join(ROOT, "node_modules/.bin/cdktf");
      const { status, stdout, stderr } = spawnSync(program, args, {
        cwd: folder,
        encoding: "utf8",
        env: env(),
      });
      return { status, stdout, stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
