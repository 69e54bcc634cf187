import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { anchors } from "./anchors.ts";

const ROOT = path.resolve(__dirname, "../..");
const DECISIONS = path.join(ROOT, "docs/decisions");
const decisions = readdirSync(DECISIONS).sort();
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

describe("decisions", () => {
  test("are numbered without a gap, each number once", () => {
    expect(decisions.map((file) => file.slice(0, 4))).toEqual(
      decisions.map((_, index) => String(index + 1).padStart(4, "0")),
    );
  });

  test.each(decisions)("%s has its number and a date in its title", (file) => {
    const [title = ""] = read(`docs/decisions/${file}`).split("\n");
    const [, number, date] = /^# (\d{4}) \S.* \((\d{4}-\d\d-\d\d)\)$/.exec(title) ?? [];
    expect([title, number]).toEqual([title, file.slice(0, 4)]);
    expect(new Date(date ?? "").toISOString().slice(0, 10)).toBe(date);
  });
});

const documents = globSync(["*.md", "docs/**/*.md", "reference/*.md"], { cwd: ROOT });

/** Files that Markdown links to, with the anchor in them. */
function links(file: string): { readonly target: string; readonly anchor: string | undefined }[] {
  return [...read(file).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?[^)]*\)/g)].map(
    ([, target, anchor]) => ({
      target: target ? path.normalize(path.join(path.dirname(file), target)) : file,
      anchor,
    }),
  );
}

test.each(documents)("every link of %s leads to a file, and to an anchor in it", (file) => {
  const broken = links(file).filter(
    ({ target, anchor }) =>
      !existsSync(path.join(ROOT, target)) || (anchor !== undefined && !anchors(read(target)).has(anchor)),
  );
  expect(broken).toEqual([]);
});

test("a broken anchor would be found", () => {
  expect(anchors("## The database's disk\n")).toEqual(new Set(["the-databases-disk"]));
});

test("the index links to every document that is not of one environment", () => {
  const linked = new Set(links("docs/README.md").map(({ target }) => target));
  const missing = documents.filter(
    (file) => /^docs\/(?!environments\/|runbook\/)/.test(file) && !linked.has(file),
  );
  expect(missing).toEqual(["docs/README.md"]);
});

test("the licence is the one that package.json names", () => {
  expect(JSON.parse(read("package.json")).license).toBe("Apache-2.0");
  expect(read("LICENSE")).toContain("Version 2.0, January 2004");
});

test("the change log has the version of package.json, or a later one under work", () => {
  const versions = [...read("CHANGELOG.md").matchAll(/^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$/gm)];
  expect(versions[0]?.[1]).toBe("Unreleased");
  expect(versions[1]?.[1]).toBe(JSON.parse(read("package.json")).version);
  for (const [, , date] of versions.slice(1)) expect(date).toBeDefined();
});
