import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";

/** Each run is a process of its own, on a machine that is busy with all other tests. */
jest.setTimeout(60_000);

const project = process.cwd();
const action = readFileSync(path.join(project, "action.yml"), "utf8");
/** The shell scripts of the steps: what stands deeper than "run: |". */
const [install = "", verify = ""] = [...action.matchAll(/^ {6}run: \|\n((?: {8}.*\n|\n)+)/gm)].map(
  ([, script]) => String(script).replace(/^ {8}/gm, ""),
);
let folder = "";

/** Instead of the registry: links what the lock file names, in its exact version and with a checksum, from this project. */
const npm = `#!/bin/bash
[ "$1" = ci ] || exit 1
exec node -e '
  const fs = require("node:fs");
  const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
  for (const [path, { version, integrity, optional }] of Object.entries(packages).slice(1)) {
    const name = path.replace("node_modules/", "");
    const real = "${project}/node_modules/" + name;
    if (optional && !fs.existsSync(real)) continue;
    const manifest = require(real + "/package.json");
    if (manifest.version !== version || !/^sha512-/.test(integrity)) process.exit(1);
    if (Object.keys(manifest.dependencies ?? {}).some((needed) => !packages["node_modules/" + needed])) process.exit(1);
    fs.mkdirSync(require("node:path").dirname(path), { recursive: true });
    fs.symlinkSync(real, path);
  }
'
`;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "action-"));
  for (const name of ["bin", "temp", "repository"]) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, "bin", "npm"), npm);
  chmodSync(path.join(folder, "bin", "npm"), 0o755);
  writeFileSync(
    path.join(folder, "repository", "fine.tf"),
    'resource "google_compute_network" "main" {\n  name = "main"\n}\n',
  );
  writeFileSync(
    path.join(folder, "repository", "broken.tf"),
    readFileSync(path.join(project, "test", "incidents", "connector-capacity", "reported.tf")),
  );
  expect(step(install)).toEqual({ code: 0, out: "", err: "" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a step as GitHub does, with the shell that `shell: bash` stands for. */
function step(
  script: string,
  inputs: { readonly [name: string]: string } = {},
): { code: number; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
    {
      cwd: path.join(folder, "repository"),
      encoding: "utf8",
      env: {
        PATH: [path.join(folder, "bin"), path.dirname(process.execPath), process.env.PATH].join(
          path.delimiter,
        ),
        RUNNER_TEMP: path.join(folder, "temp"),
        GITHUB_ACTION_PATH: project,
        GITHUB_STEP_SUMMARY: path.join(folder, "summary.md"),
        FORMAT: "text",
        FAIL_ON: "",
        OUTPUT: "",
        PLANS: "",
        BASELINE: "",
        ...inputs,
      },
    },
  );
  return { code: status ?? -1, out: stdout, err: stderr };
}

describe("the GitHub Action", () => {
  test("passes on what is fine", () => {
    expect(step(verify, { PATHS: "fine.tf\n" })).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^Reading fine\.tf [\s\S]*\nNothing found\.\n\d+ checks were made\.\nRead 1 resource of fine\.tf\.\n$/,
      ),
      err: "",
    });
  });

  test("fails with the report on what is refused, of several paths", () => {
    const { code, out } = step(verify, { PATHS: "fine.tf\nbroken.tf" });
    expect(code).toBe(1);
    expect(out).toContain("google_vpc_access_connector.staging");
  });

  test("writes a file where one is named, and Markdown into the summary", () => {
    expect(step(verify, { PATHS: "broken.tf", FORMAT: "sarif", OUTPUT: "verify.sarif" })).toEqual({
      code: 1,
      out: "",
      err: "",
    });
    const sarif = readFileSync(path.join(folder, "repository", "verify.sarif"), "utf8");
    expect(sarif).toContain('"version": "2.1.0"');
    step(verify, { PATHS: "broken.tf", FORMAT: "markdown" });
    expect(readFileSync(path.join(folder, "summary.md"), "utf8")).toMatch(/^## ❌ 1 error/);
  });

  test("writes a page, whose packages are installed for it only", () => {
    const installed = (temp: string): boolean =>
      existsSync(path.join(folder, temp, "verifier", "node_modules", "esbuild"));
    const inputs = { PATHS: "broken.tf", FORMAT: "html", RUNNER_TEMP: path.join(folder, "page") };
    expect(step(install, inputs)).toEqual({ code: 0, out: "", err: "" });
    expect([installed("temp"), installed("page")]).toEqual([false, true]);
    expect(step(verify, inputs)).toEqual({ code: 1, out: "", err: "" });
    const page = readFileSync(path.join(folder, "repository", "verify.html"), "utf8");
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain("google_vpc_access_connector.staging");
  });

  test("takes a saved plan, shown by the job's Terraform in its folder and deleted after it", () => {
    mkdirSync(path.join(folder, "repository", "infra"));
    writeFileSync(
      path.join(folder, "bin", "terraform"),
      `#!/bin/bash\n[ "$*" = "-chdir=infra show -json -- plan.bin" ] && cat "${project}/test/hostile/corpus/plan.json"\n`,
    );
    chmodSync(path.join(folder, "bin", "terraform"), 0o755);
    const { code, out } = step(verify, { PATHS: "", PLANS: "infra/plan.bin\n" });
    expect(out).toMatch(/Read 1 resource of \S+\/0\.json\.\n$/);
    expect(code).toBe(0);
    expect(existsSync(/of (\S+\/0\.json)\./.exec(out)?.[1] ?? "")).toBe(false);
  });

  test("fails with one sentence on what cannot be read", () => {
    expect(step(verify, { PATHS: "nowhere; touch hacked" })).toEqual({
      code: 2,
      out: expect.any(String),
      err: "nowhere; touch hacked does not exist.\n",
    });
  });

  test("takes no input into a script but by the environment, and uploads nothing", () => {
    expect(install + verify).not.toContain("${{");
    expect([...action.matchAll(/uses: (\S+)/g)].map(([, used]) => used)).toEqual([
      expect.stringMatching(/^actions\/setup-node@[0-9a-f]{40}$/),
    ]);
  });
});
