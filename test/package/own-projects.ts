import { cpSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { ROOT, type Run } from "../support/project.ts";
import type { Packed } from "./packed.ts";

const EXAMPLES = path.join(ROOT, "examples");
const answers = [
  ...["--project", "acme-staging", "--region", "europe-west1", "--services", "web,api"],
  ...["--domain", "staging.acme.example", "--state-bucket", "acme-staging-terraform-state"],
];

/** Projects that `init` writes, and the examples, as their owners run them. They are linked what the package alone has not. */
export function ownProjects(it: () => Packed): void {
  beforeAll(() => {
    it().link("cdktf", "constructs", "@cdktf/provider-google", "typescript", "@types/node", "undici-types");
    it().link("jest", "@jest/globals", "expect", "@swc/core", "@swc/jest");
    for (const [name, file] of [
      ["tsc", "typescript/bin/tsc"],
      ["jest", "jest/bin/jest.js"],
    ] as const)
      symlinkSync(path.join("..", file), path.join(it().folder, "node_modules/.bin", name));
    cpSync(EXAMPLES, path.join(it().folder, "examples"), { recursive: true });
  });

  const at = (...names: string[]): string => path.join(it().folder, ...names);
  const npm = (folder: string, ...args: string[]): Run => it().run("npm", ["--silent", ...args], at(folder));
  const read = (file: string): string => readFileSync(at(file), "utf8");
  const edit = (file: string, from: string, to: string): void => {
    const text = read(file);
    if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
    writeFileSync(at(file), text.replace(from, to));
  };

  describe("a project that init writes", () => {
    const ENVIRONMENT = "team/environments/staging.ts";

    beforeAll(() => {
      mkdirSync(at("team"));
      const init = it().node(
        ["../node_modules/.bin/single-source-platform", "init", ".", ...answers],
        "team",
      );
      expect([init.status, init.stderr]).toEqual([0, ""]);
    });

    test("synthesizes, and passes its tests, at once", () => {
      const { status, stdout, stderr } = npm("team", "start");
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("staging  (acme-staging, europe-west1)");
      expect(stdout).toContain("read back from the JSON: nothing refused");
      expect(existsSync(at("team/cdktf.out/stacks/staging-service-api/cdk.tf.json"))).toBe(true);
      // The gate is the packed program.
      expect(read("team/cdktf.out/stacks/staging-preflight/gate.cjs")).toContain("PREFLIGHT_GATE");
      const tests = npm("team", "test");
      expect([tests.status, tests.stderr]).toEqual([0, ""]);
      expect(tests.stdout).toMatch(/pass 2\n/);
    });

    test("is refused with a number that Google refuses, and nothing is written", () => {
      const before = read("team/cdktf.out/manifest.json");
      const connector = "network: {\n    connector: { minInstances: 2, maxInstances: 15 },";
      edit(ENVIRONMENT, "network: {", connector);
      const { status, stderr } = npm("team", "start");
      edit(ENVIRONMENT, connector, "network: {");
      expect(status).toBe(1);
      expect(stderr).toContain(
        "staging: network.connector.maxInstances is 15: allowed is a whole number from 3 to 10 (Google refuses a connector maximum above 10).",
      );
      expect(read("team/cdktf.out/manifest.json")).toBe(before);
    });

    test("its environment is typed", () => {
      edit(ENVIRONMENT, "requestTimeout: seconds(60)", "requestTimeout: 60");
      const { status, stdout } = npm("team", "run", "typecheck");
      edit(ENVIRONMENT, "requestTimeout: 60", "requestTimeout: seconds(60)");
      expect(status).not.toBe(0);
      expect(stdout).toContain("environments/staging.ts");
      expect(stdout).toContain("Type 'number' is not assignable to type 'Seconds'");
    });

    test("has the commands", () => {
      const docs = npm("team", "run", "docs");
      expect([docs.status, docs.stderr]).toEqual([0, ""]);
      expect(read("team/docs/runbook/staging.md")).toContain("acme-staging");
      expect(npm("team", "run", "verify").stdout).toContain("environment staging");
      expect(npm("team", "run", "review", "--", "staging", "--plan", "no.json")).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("no.json does not exist."),
      });
      // From any folder of the project, as npm's scripts do.
      const below = it().node(
        ["../../node_modules/.bin/single-source-platform", "synth", "--quiet"],
        "team/test",
      );
      expect([below.status, below.stderr, existsSync(at("team/test/cdktf.out"))]).toEqual([0, "", false]);
    });

    test("a main.ts that cannot be loaded is one sentence", () => {
      const main = read("team/main.ts");
      edit("team/main.ts", "./project.ts", "./projekt.ts");
      const { status, stderr } = npm("team", "start");
      writeFileSync(at("team/main.ts"), main);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^main\.ts cannot be loaded: .*projekt\.ts.*\n$/);
    });
  });

  describe("the examples", () => {
    const stacksOf = (name: string): string[] =>
      globSync("cdktf.out/stacks/*", { cwd: at("examples", name) });
    const verified = (name: string): Run =>
      it().node(["../../node_modules/.bin/single-source-verify", "cdktf.out"], path.join("examples", name));

    test.each([
      ["one-construct", 1],
      ["constructs", 3],
      ["rule-book", 1],
    ])("%s synthesizes, and the verifier finds no error", (name, stacks) => {
      const { status, stderr } = npm(path.join("examples", name), "start");
      expect([status, stderr]).toEqual([0, name === "rule-book" ? expect.stringContaining("waived") : ""]);
      expect(stacksOf(name)).toHaveLength(stacks);
      expect(verified(name).status).toBe(0);
    });

    test.each([
      ["one-construct", "max_instances is 15"],
      ["rule-book", "max_instances is 15; rejected by the API: it must be 3 to 10 instances."],
    ])("%s refuses a connector of 15 instances", (name, message) => {
      edit(`examples/${name}/main.ts`, "maxInstances: 10", "maxInstances: 15");
      const { status, stderr } = npm(path.join("examples", name), "start");
      expect(status).toBe(1);
      expect(stderr).toContain(message);
    });

    test("unit tests pass", () => {
      const { status, stderr } = npm("examples/unit-tests", "test");
      expect(stderr).toContain("3 passed, 3 total");
      expect(status).toBe(0);
    });

    test("platform is what init writes, with a stack of its own that is deployed and checked with the others", () => {
      for (const file of [
        "cdktf.json",
        "environments/staging.ts",
        "main.ts",
        "test/staging.test.ts",
        "tsconfig.json",
      ])
        expect([file, read(`examples/platform/${file}`)]).toEqual([
          file,
          read(`team/${file}`).replace('"projectId": "team"', '"projectId": "platform"'),
        ]);
      const { status, stdout, stderr } = npm("examples/platform", "start");
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/staging-events +3 {2}after staging-foundation\n/);
      expect(stdout).toMatch(/staging-service-api +1 {2}after staging-preflight, staging-events\n/);
      const tests = npm("examples/platform", "test");
      expect([tests.status, tests.stderr]).toEqual([0, ""]);
    });

    test("have their types", () => {
      const compilerOptions = {
        ...{ strict: true, noEmit: true, module: "nodenext", target: "es2023", skipLibCheck: true },
        ...{ types: ["node"], allowImportingTsExtensions: true },
      };
      it().write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["examples/*/*.ts"] }));
      expect(it().node(["node_modules/.bin/tsc"])).toEqual({ status: 0, stdout: "", stderr: "" });
    });
  });
}
