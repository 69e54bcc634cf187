import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

const PREFIX = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
const PLATFORM = `${PREFIX}-${process.platform}-${process.arch}`;
const LOCK = {
  packages: {
    "": { name: "small" },
    "node_modules/node": { version: "22.0.0", integrity: "sha512-node" },
    "node_modules/elsewhere": { version: "1.0.0", integrity: "sha512-else", optional: true, os: ["other"] },
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "run-"));
  for (const name of ["tools", "bin", "registry"]) mkdirSync(path.join(folder, name));
  for (const name of ["run.mjs", "install.mjs"])
    copyFileSync(path.join(ROOT, "tools", name), path.join(folder, "tools", name));
  write("package.json", { name: "small" });
  write("package-lock.json", LOCK);
  writeFileSync(path.join(folder, "hello.mjs"), 'console.log("hello", ...process.argv.slice(2));');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: object): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), JSON.stringify(content));
}

/** A program that calls the Node of this machine, and says that it was called. */
const node = `#!/bin/sh\necho own node >&2\nexec "${process.execPath}" "$@"\n`;

/** What npm leaves behind after an installation; without scripts the package `node` holds no program. */
function installed(lock: object = LOCK, scripts = true): void {
  const { "": _, "node_modules/elsewhere": __, ...packages } = (lock as typeof LOCK).packages;
  write("node_modules/.package-lock.json", { packages });
  write("node_modules/node/package.json", { name: "node", version: "22.0.0" });
  if (scripts) program("node_modules/node/bin/node", node);
}

function program(file: string, text: string): void {
  const whole = path.join(folder, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  chmodSync(whole, 0o755);
}

/** An npm on the PATH that notes how it is called, and does what `script` does. */
function npm(script: string): void {
  program("bin/npm", `#!/bin/sh\necho "$PWD $*" >> "${folder}/calls"\n${script}\n`);
}

function run(): { code: number | null; out: string; err: string; calls: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/run.mjs", "hello.mjs", "you"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: [path.join(folder, "bin"), process.env.PATH].join(path.delimiter) },
  });
  const calls = path.join(folder, "calls");
  return {
    code: status,
    out: stdout,
    err: stderr,
    calls: existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : [],
  };
}

const QUIET = "--no-audit --no-fund --loglevel=error";

describe("what is installed", () => {
  beforeEach(() => npm("exit 1"));

  test("is taken as it is where it is what the lock file names, however old its files are", () => {
    installed();
    utimesSync(path.join(folder, "node_modules/.package-lock.json"), 1, 1);
    expect(run()).toEqual({ code: 0, out: "hello you\n", err: "own node\n", calls: [] });
  });

  test("is taken with what somebody added to it", () => {
    installed({ packages: { ...LOCK.packages, "node_modules/more": { version: "1.0.0" } } });
    mkdirSync(path.join(folder, "node_modules/more"));
    expect(run()).toMatchObject({ code: 0, calls: [] });
  });

  test.each<[string, () => void]>([
    ["there is nothing", () => {}],
    [
      "the lock file names another version",
      () => {
        installed();
        write("package-lock.json", {
          packages: { ...LOCK.packages, "node_modules/node": { version: "22.1.0", integrity: "sha512-new" } },
        });
      },
    ],
    [
      "the lock file names another package",
      () => {
        installed();
        write("package-lock.json", {
          packages: { ...LOCK.packages, "node_modules/more": { version: "1.0.0" } },
        });
      },
    ],
    [
      "npm recorded a package that it did not install, as npm install --package-lock-only does",
      () => {
        const lock = { packages: { ...LOCK.packages, "node_modules/more": { version: "1.0.0" } } };
        write("package-lock.json", lock);
        installed(lock);
      },
    ],
    [
      "there is a package of a package that it does not name",
      () => {
        installed();
        const packages = { "node_modules/node": LOCK.packages["node_modules/node"] };
        write("node_modules/.package-lock.json", {
          packages: { ...packages, "node_modules/node/node_modules/more": { version: "1.0.0" } },
        });
      },
    ],
    [
      "it was installed on another platform",
      () => {
        installed();
        const { "": _, ...packages } = LOCK.packages;
        write("node_modules/.package-lock.json", { packages });
      },
    ],
  ])("is installed again where %s", (_, prepare) => {
    prepare();
    const { code, err, calls } = run();
    expect(code).toBe(2);
    expect(calls).toEqual([`${folder} ci --include=dev ${QUIET}`]);
    expect(err).toBe(
      "Installing what package-lock.json names (about a minute, once) ...\nnpm ci failed for the reason above: fix it, then run the same command again.\n",
    );
  });
});

describe("where npm runs no scripts", () => {
  test("Node comes from the package of its platform, once", () => {
    installed(LOCK, false);
    program("registry/node", node);
    npm(
      `mkdir -p "node_modules/${PLATFORM}/bin" && cp "${folder}/registry/node" "node_modules/${PLATFORM}/bin/node"`,
    );
    const call = `${path.join(folder, "node_modules/.node")} ci --ignore-scripts ${QUIET}`;
    expect(run()).toEqual({
      code: 0,
      out: "hello you\n",
      err: `Installing Node 22.0.0 from the package ${PLATFORM}, whose checksum is not known here ...\nown node\n`,
      calls: [call],
    });
    expect(run()).toMatchObject({ code: 0, err: "own node\n", calls: [call] });
    expect(existsSync(path.join(folder, "node_modules/.node"))).toBe(false);
  });

  // The one of Apple silicon is not known.
  (PREFIX === "node" ? test : test.skip)(
    "the checksum of the version that package-lock.json names is compared by npm",
    () => {
      const { packages } = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8"));
      const { version } = packages["node_modules/node"];
      installed(LOCK, false);
      write("node_modules/node/package.json", { name: "node", version });
      npm(`cp package-lock.json "${folder}/given.json"; exit 1`);
      expect(run().code).toBe(2);
      const given = JSON.parse(readFileSync(path.join(folder, "given.json"), "utf8"));
      expect(given.packages[`node_modules/${PLATFORM}`]).toEqual({
        version,
        integrity: expect.stringMatching(/^sha512-[\w+/]{86}==$/),
      });
    },
  );

  test("and that package cannot be had, one sentence says what to do", () => {
    installed(LOCK, false);
    npm("exit 1");
    const { code, err } = run();
    expect(code).toBe(2);
    expect(err.split("\n").slice(1)).toEqual([
      `Node 22.0.0 is not installed: npm ran no install scripts (ignore-scripts=true), and ${PLATFORM}@22.0.0 could not be installed in their place, for the reason above. Where its checksum failed, find out what your registry gives out and install nothing; otherwise run "npm ci --ignore-scripts=false", then the same command again.`,
      "",
    ]);
  });
});

describe("a script that does not end by itself", () => {
  test.each<[NodeJS.Signals, number, string]>([
    ["SIGABRT", 2, "Node ran out of memory: give it more with NODE_OPTIONS=--max-old-space-size=8192.\n"],
    ["SIGKILL", 2, "The command was ended from outside (SIGKILL): nothing was done to its end.\n"],
    ["SIGTERM", 1, ""],
  ])("%s is never exit code 0, and one that says what it is", (signal, code, sentence) => {
    installed();
    writeFileSync(
      path.join(folder, "hello.mjs"),
      `process.kill(process.pid, "${signal}"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
    );
    expect(run()).toMatchObject({ code, err: `own node\n${sentence}` });
  });
});

describe("several commands at once in one folder", () => {
  const atOnce = (count: number) =>
    Promise.all(
      Array.from(
        { length: count },
        () =>
          new Promise<string>((resolve) => {
            const env = {
              ...process.env,
              PATH: [path.join(folder, "bin"), process.env.PATH].join(path.delimiter),
            };
            execFile(
              process.execPath,
              ["tools/run.mjs", "hello.mjs", "you"],
              { cwd: folder, env },
              (_error, stdout, stderr) => resolve(`${stdout}${stderr}`),
            );
          }),
      ),
    );
  beforeEach(() => {
    installed();
    renameSync(path.join(folder, "node_modules"), path.join(folder, "prepared"));
    // As npm ci does it: what is there goes first.
    npm(`rm -rf "${folder}/node_modules"; cp -R "${folder}/prepared" "${folder}/node_modules"`);
  });

  test.each([
    ["no lock", () => {}],
    [
      "the lock of a dead one",
      () => writeFileSync(path.join(folder, ".install.lock"), String(spawnSync("true").pid)),
    ],
  ])("with %s: one installs, and all of them start", async (_, prepare) => {
    prepare();
    const said = await atOnce(4);
    for (const text of said) expect(text).toContain("hello you\n");
    expect(readFileSync(path.join(folder, "calls"), "utf8").trimEnd().split("\n")).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.startsWith(".install"))).toEqual([]);
  });
});
