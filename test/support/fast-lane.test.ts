import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fastLane from "./fast-lane.cjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "lane-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whether a test of this text, next to these files, is in the fast lane. */
function isFast(text: string, files: Readonly<Record<string, string>> = {}): boolean {
  const file = path.join(folder, "one.test.ts");
  for (const [name, content] of Object.entries({ ...files, "one.test.ts": text }))
    writeFileSync(path.join(folder, name), content);
  return fastLane([file]).filtered.length === 1;
}

test.each([
  ["imports nothing that starts anything", 'import path from "node:path";', {}],
  [
    "imports a type only",
    'import type { Server } from "node:http";\nimport { type A } from "./a.ts";',
    { "a.ts": "" },
  ],
  ["names a module in a text", 'const text = "node:child_process";', {}],
  [
    "imports files in a circle",
    'import "./a.ts";',
    { "a.ts": 'import { b } from "./b.ts";', "b.ts": 'import { a } from "./a.ts";' },
  ],
])("a test that %s is fast", (_, text, files) => {
  expect(isFast(text, files as Record<string, string>)).toBe(true);
});

test.each([
  ["starts processes", 'import { spawn } from "node:child_process";', {}],
  ["starts servers over several lines", 'import {\n  createServer,\n  type Server,\n} from "node:http";', {}],
  ["synthesizes an app", 'import { App } from "cdktf";', {}],
  ["loads such a module later", 'const net = await import("node:net");', {}],
  [
    "does so by another file",
    'import "./a.ts";',
    { "a.ts": 'export { b } from "./b.ts";', "b.ts": 'import tls from "node:tls";' },
  ],
])("a test that %s is not", (_, text, files) => {
  expect(isFast(text, files as Record<string, string>)).toBe(false);
});
