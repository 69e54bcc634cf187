import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { ROOT, type Run } from "../support/project.ts";
import { otherProjects } from "./other-projects.ts";
import { ownProjects } from "./own-projects.ts";
import { othersBin, type Packed, packed } from "./packed.ts";
import { wrongUses } from "./wrong-uses.ts";

const MEGABYTE = 1_000_000;
/** Building, packing and installing takes seconds, and a minute on a machine that is busy with all other tests. */
jest.setTimeout(300_000);

let it: Packed;
beforeAll(() => {
  it = packed();
});
afterAll(() => it.remove());

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

describe("the verifier", () => {
  const verifier = (...args: string[]): Run => it.node(["node_modules/.bin/single-source-verify", ...args]);

  test("is installed alone, below 15 MB, with the notices of what it contains", () => {
    const installed = path.join(it.folder, "node_modules");
    expect(readdirSync(installed).filter((name) => !name.startsWith("."))).toEqual([
      "single-source-platform",
    ]);
    expect(sizeOf(installed)).toBeLessThan(15 * MEGABYTE);
    expect(readdirSync(path.join(installed, "single-source-platform", "dist"))).toContain(
      "THIRD-PARTY-NOTICES.txt",
    );
  });

  test("judges plain Terraform", () => {
    it.write(
      "infra/main.tf",
      `resource "google_vpc_access_connector" "main" {
  name          = "main"
  network       = "default"
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 3
  max_instances = 15
}
`,
    );
    const { status, stdout } = verifier("infra");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Reading infra \.\.\.\n/);
    expect(stdout).toContain("  google_vpc_access_connector.main  infra/main.tf:1\n");
    expect(stdout).toContain("max_instances");
  });

  test("knows the attributes of resource types", () => {
    it.write(
      "cache/main.tf",
      'resource "google_redis_instance" "main" {\n  name          = "main"\n  memory_sise_gb = 1\n}\n',
    );
    const { status, stdout } = verifier("cache");
    expect(status).toBe(1);
    expect(stdout).toContain("Write memory_size_gb.");
  });

  test("judges Terraform JSON, explains rules and tells its version", () => {
    it.write("fine.tf.json", '{"resource":{"google_compute_network":{"main":{"name":"main"}}}}');
    expect(JSON.parse(verifier("fine.tf.json", "--format", "json").stdout)).toMatchObject({
      findings: [],
      resources: 1,
    });
    expect(verifier("--explain", "edge/redirect").stdout).toMatch(/^edge\/redirect\n/);
    expect(verifier("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("runs rules of a team and writes a page without a warning of Node", () => {
    it.write("own.tf.json", '{"resource":{"google_compute_network":{"main":{"name":"main"}}}}');
    it.write(
      "rules/own.mjs",
      `const texts = { id: "acme/own", why: "w", limit: "l", fix: "f", source: "s" };
export const own = { ...texts, *check(graph) { for (const resource of graph.all()) yield { resource, message: "Not ours." }; } };`,
    );
    const { status, stdout, stderr } = verifier("own.tf.json", "--rules", "rules", "--format", "html");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("Not ours.");
  });

  test("needs a path, having no project of its own", () => {
    expect(verifier()).toEqual({
      status: 2,
      stdout: expect.any(String),
      stderr:
        "Name what to verify: a folder of Terraform or Kubernetes YAML, a cdktf.out, a plan or a state. See --help.\n",
    });
  });
});

describe("the package as a registry sees it", () => {
  test("has a README, a licence and a change log of its own, and leaves the repository's README as it was", () => {
    const installed = (name: string): string =>
      readFileSync(path.join(it.folder, "node_modules/single-source-platform", name), "utf8");
    const own = (name: string): string => readFileSync(path.join(it.source, name), "utf8");
    expect(installed("README.md")).toBe(own("docs/package.md"));
    expect(installed("LICENSE")).toBe(own("LICENSE"));
    expect(installed("CHANGELOG.md")).toBe(own("CHANGELOG.md"));
    expect(own("README.md")).toMatch(/^# Single-source platform\n/);
  });

  test("can be published", () => {
    const { status, stderr } = it.run(
      "npm",
      ["publish", "--dry-run", "--ignore-scripts", "--loglevel=warn"],
      it.source,
    );
    expect({
      status,
      stderr: stderr.replaceAll(/^npm warn publish This command requires you to be logged in .*\n/gm, ""),
    }).toEqual({
      status: 0,
      stderr: "",
    });
  });

  test("publint has nothing to say", () => {
    const { stdout, status } = it.node([othersBin("publint/src/cli.js"), "--strict", it.archive]);
    expect({ stdout, status }).toEqual({ stdout: expect.stringMatching(/All good!\s*$/), status: 0 });
  });

  test("each entry has types under every resolution of modules", () => {
    const { exports } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      readonly exports: object;
    };
    // Vitest itself cannot be loaded by CommonJS; constructs are all made alike.
    const entries = Object.keys(exports)
      .filter((entry) => !/^\.\/(package\.json|testing\/vitest)$/.test(entry))
      .flatMap((entry) =>
        ["vpc-network", "edge/https-load-balancer"].map((name) => entry.replace("*", name)),
      );
    const attw = othersBin("@arethetypeswrong/cli/dist/index.js");
    const { status, stdout } = it.node([attw, it.archive, "--quiet", "--entrypoints", ...new Set(entries)]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });
});

// One file, so that the package is built and packed once for all of them.
otherProjects(() => it);
wrongUses(() => it);
describe("in projects of its own", () => ownProjects(() => it));
