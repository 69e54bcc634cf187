import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

const LOCK = { packages: { "": {}, "node_modules/tool": { version: "1.0.0", integrity: "sha512-tool" } } };

describe("a part that is installed when it is called", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "optional-"));
    for (const name of ["bin", "tools/optional/part", "tools/optional/another"])
      mkdirSync(path.join(folder, name), { recursive: true });
    for (const name of ["optional.mjs", "install.mjs"])
      copyFileSync(path.join(ROOT, "tools", name), path.join(folder, "tools", name));
    writeFileSync(path.join(folder, "tools/optional/part/package-lock.json"), JSON.stringify(LOCK));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** An npm on the PATH that notes how it is called, and does what `script` does. */
  function npm(script: string): void {
    const file = path.join(folder, "bin/npm");
    writeFileSync(file, `#!/bin/sh\necho "$PWD $*" >> "${folder}/calls"\n${script}\n`);
    chmodSync(file, 0o755);
  }
  const installs = `mkdir -p node_modules/tool node_modules/.bin
cp package-lock.json node_modules/.package-lock.json
printf '#!/bin/sh\\necho "tool: $*"\\nexit 3\\n' > node_modules/.bin/tool
chmod +x node_modules/.bin/tool`;

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/optional.mjs", ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: [path.join(folder, "bin"), process.env.PATH].join(path.delimiter) },
    });
    const calls = path.join(folder, "calls");
    const called = existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : [];
    return { status, stdout, stderr, called };
  }
  const call = (): string =>
    `${path.join(folder, "tools/optional/part")} ci --no-audit --no-fund --loglevel=error`;

  test("is installed from its lock file once, and ends as its program does", () => {
    npm(installs);
    const first = run("part", "tool", "diff", "a stack");
    expect(first).toEqual({
      status: 3,
      stdout: "tool: diff a stack\n",
      stderr: "Installing what tools/optional/part/package-lock.json names (once) ...\n",
      called: [call()],
    });
    expect(run("part", "tool")).toEqual({ status: 3, stdout: "tool: \n", stderr: "", called: [call()] });
  });

  test("without a program, only says where its packages are", () => {
    npm(installs);
    const modules = path.join(folder, "tools/optional/part/node_modules");
    expect(run("part")).toMatchObject({ status: 0, stdout: `${modules}\n` });
  });

  test("that cannot be installed, one that is not there and one without the program end with a sentence", () => {
    npm("exit 1");
    expect(run("part", "tool")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /\nnpm ci failed in tools\/optional\/part for the reason above: fix it, then run the same command again\.\n$/,
      ),
    });
    expect(run("prat", "tool")).toMatchObject({
      status: 2,
      stderr: 'There is no part "prat" in tools/optional: name one of another, part.\n',
    });
    npm(installs);
    expect(run("part", "other")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("other did not start: spawn "),
    });
  });
});

describe("the lock files", () => {
  const files = ["package-lock.json", ...globSync("tools/optional/*/package-lock.json", { cwd: ROOT })];

  test("are that of the project and one for each part", () => {
    expect(files).toHaveLength(1 + globSync("tools/optional/*", { cwd: ROOT }).length);
  });

  test.each(files)(
    "%s has a checksum for every package, and its place: npm asks for no list of versions",
    (file) => {
      const { packages } = JSON.parse(readFileSync(path.join(ROOT, file), "utf8")) as {
        packages: Record<
          string,
          { resolved?: string; integrity?: string; inBundle?: boolean; link?: boolean }
        >;
      };
      const downloaded = Object.entries(packages).filter(
        ([place, { inBundle, link }]) =>
          /(^|\/)node_modules\//.test(place) && inBundle !== true && link !== true,
      );
      expect(downloaded.length).toBeGreaterThan(0);
      // Named by lefthook, and not in the registry.
      const absent = "node_modules/lefthook-android-arm64";
      const odd = downloaded.filter(
        ([place, { resolved = "", integrity = "" }]) =>
          place !== absent &&
          (!/^https:\/\/registry\.npmjs\.org\/\S+\.tgz$/.test(resolved) || !integrity.startsWith("sha512-")),
      );
      expect(odd.map(([place]) => place)).toEqual([]);
    },
  );
});
