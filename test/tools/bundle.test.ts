import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");
let folder = "";
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  folder = mkdtempSync(path.join(os.tmpdir(), "bundle-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** Bundles script.mjs into a folder below the root, as tools/start.mjs does, and runs it there. */
function run(): string {
  const build = `
    import { mkdirSync, writeFileSync } from "node:fs";
    import { bundle } from ${JSON.stringify(path.join(ROOT, "tools/bundle.mjs"))};
    const { files } = await bundle(${JSON.stringify(folder)}, "script.mjs");
    mkdirSync("out");
    for (const [name, text] of files) writeFileSync("out/" + name, text);
    await import(${JSON.stringify(path.join(folder, "out/script.mjs"))});
  `;
  return execFileSync(NODE, ["--input-type=module", "-e", build], { cwd: folder, encoding: "utf8" });
}

/** The kind: a bundle that stands elsewhere than its sources finds other packages, or none. */
test("what a package loads later is that package's own copy, wherever npm puts it", () => {
  const manifest = JSON.stringify({ type: "module", main: "index.js" });
  write({
    "script.mjs":
      'import { later } from "outer";\nconst found = [];\nfor (const one of await later()) found.push(one);\nconsole.log(found.join(" "), (await import("own")).name);\n',
    "node_modules/outer/package.json": manifest,
    "node_modules/outer/index.js":
      'export const later = async () => [(await import("inner")).name, (await import("common")).name, typeof (await import("crypto")).randomUUID];\n',
    "node_modules/outer/node_modules/inner/package.json": manifest,
    "node_modules/outer/node_modules/inner/index.js": 'export const name = "nested";\n',
    "node_modules/outer/node_modules/common/package.json": '{ "main": "index.js" }',
    "node_modules/outer/node_modules/common/index.js": 'const name = "common";\nexports.name = name;\n',
    "node_modules/own/package.json": manifest,
    "node_modules/own/index.js": 'export const name = "own";\n',
  });
  expect(run()).toBe("nested common function own\n");
});
