import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Project, project, ROOT } from "../support/project.ts";

const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
const scripts = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")).scripts as Record<
  string,
  string
>;

/** The code block that follows a text. */
function blockAfter(text: string): string {
  const block = /```\w*\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf(text)));
  if (block?.[1] === undefined) throw new Error(`the README has no code block after ${text}`);
  return block[1];
}

describe("the README's examples", () => {
  let it: Project;
  beforeEach(() => {
    it = project();
  });
  afterEach(() => it.remove());

  test("the refused mistake is refused in these words", async () => {
    it.edit("staging", "instances: { min: 2, max: 20 }", "instances: { min: 2, max: 30 }");
    const run = await it.main("staging");
    expect(run.status).toBe(1);
    const [, ...shown] = blockAfter("Today the same mistake ends like this").trimEnd().split("\n");
    expect(run.stderr.trimEnd()).toBe(shown.join("\n"));
  });

  test("the added service is accepted as it is laid out, and gets a stack of its own", async () => {
    const service = blockAfter("<!-- example: add a service -->");
    it.edit("staging", "  services: [\n", `  services: [\n${service}`);
    const file = "environments/staging.ts";
    const formatted = spawnSync(
      path.join(ROOT, "node_modules/.bin/biome"),
      ["format", "--stdin-file-path", file],
      {
        cwd: ROOT,
        encoding: "utf8",
        input: readFileSync(path.join(it.folder, file)),
      },
    );
    expect(formatted.stdout).toBe(readFileSync(path.join(it.folder, file), "utf8"));
    const run = await it.main("staging");
    expect([run.stderr, run.status]).toEqual(["", 0]);
    expect(run.stdout).toContain("staging-service-reports");
  });
});

test("every npm command that the README names exists", () => {
  const named = [...readme.matchAll(/npm (?:run (?:--silent )?)?([a-z-]+)/g)].map(([, name]) => name ?? "");
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test("every file and folder that the README links or names exists", () => {
  const named = [...readme.matchAll(/\]\(([^)#]+)\)|`([a-z]+\/)`/g)].map(
    ([, link, folder]) => link ?? folder ?? "",
  );
  for (const file of named) expect(() => readFileSync(path.join(ROOT, file))).not.toThrow(/ENOENT/);
});
