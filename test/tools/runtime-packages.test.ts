import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ROOT } from "../support/project.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");
const FILES = ["package.json", "package-lock.json"] as const;

interface Entry {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "runtime-"));
  for (const file of FILES) copyFileSync(path.join(ROOT, file), path.join(folder, file));
  execFileSync(NODE, [path.join(ROOT, "tools/runtime-packages.mjs")], { cwd: folder, stdio: "ignore" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packagesIn = (at: string): Record<string, Entry> =>
  JSON.parse(readFileSync(path.join(at, "package-lock.json"), "utf8")).packages;

test("all that the commands import is kept, and is loaded from where it is kept", () => {
  const kept = packagesIn(folder);
  const script = `
    import { bundle } from ${JSON.stringify(path.join(ROOT, "tools/bundle.mjs"))};
    const { packages } = await bundle(${JSON.stringify(ROOT)}, "main.ts");
    console.log(JSON.stringify(packages));
  `;
  const bundled = JSON.parse(
    execFileSync(NODE, ["--input-type=module", "-e", script], { encoding: "utf8" }),
  ) as string[];
  const places = new Set(
    bundled.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  expect(places.size).toBeGreaterThan(20);
  expect([...places].filter((place) => kept[place] === undefined)).toEqual([]);
});

test("it is a part of the lock file, with its versions and checksums, and far less", () => {
  const all = packagesIn(ROOT);
  const kept = Object.entries(packagesIn(folder)).filter(([place]) => place !== "");
  for (const [place, entry] of kept) expect(all[place]).toEqual({ ...entry, dev: true });
  expect(kept.length).toBeLessThan(Object.keys(all).length / 3);
  expect(kept.map(([place]) => place)).not.toContain("node_modules/jest");
});
