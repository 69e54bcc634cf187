import { cpSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Run } from "../support/project.ts";
import { bin, othersBin, type Packed, passed } from "./packed.ts";

export function otherProjects(it: () => Packed): void {
  describe("in projects of others", () => {
    const peers = ["cdktf", "constructs", "@cdktf/provider-google", "@types/node"];

    const network = (imports: string): string => `${imports}
import { EgressFirewall } from "single-source-platform/constructs/egress-firewall";
import { VpcNetwork } from "single-source-platform/constructs/vpc-network";

export class NetworkStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, "google", { project: "acme-dev", region: "europe-west1" });
    const network = new VpcNetwork(this, "Vpc", { name: "main" });
    new EgressFirewall(this, "Firewall", {
      prefix: "main",
      network: network.resource.id,
      allow: [{ name: "redis", protocol: "tcp", ports: ["6379"], ranges: ["10.40.9.0/28"] }],
    });
  }
}
`;
    const imports = `import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";`;
    const unitTests = (folder: string, test: string): string => `import { Testing } from "cdktf";
import { Match, Template } from "single-source-platform/testing";
import { NetworkStack } from "${folder}/network";

${test}("the network is as we want it", () => {
  const template = Template.fromStack(new NetworkStack(Testing.app(), "network"));
  template.hasResourceProperties("google_compute_network", { name: "main", description: Match.absent() });
});

${test}("the rules hold", () => {
  const stack = new NetworkStack(Testing.app(), "network");
  expect(stack).toHoldRules();
  expect(stack).not.toHaveFinding("address/overlap");
  expect(() => expect(stack).toHaveFinding("address/overlap", "network/Vpc")).toThrow(
    "Expected a finding of address/overlap at network/Vpc, and the report is:",
  );
});
`;
    const synthesized = (folder: string): unknown =>
      JSON.parse(
        readFileSync(path.join(it().folder, folder, "cdktf.out/stacks/network/cdk.tf.json"), "utf8"),
      );

    beforeAll(() => it().link(...peers));

    test("the app of CDKTF's template compiles and synthesizes with ts-node, and its unit tests run with ts-jest", () => {
      it().link("jest", "ts-jest", "ts-node", "@types/jest");
      cpSync(path.join(__dirname, "cdktf-template"), path.join(it().folder, "template"), { recursive: true });
      it().write("template/network.ts", network(imports.replace("App, ", "").replace("/index.js", "")));
      it().write(
        "template/main.ts",
        'import { App } from "cdktf";\nimport { NetworkStack } from "./network";\n\nconst app = new App();\nnew NetworkStack(app, "network");\napp.synth();\n',
      );
      it().write(
        "template/__tests__/main-test.ts",
        `import "single-source-platform/testing/jest";\n${unitTests("..", "it")}`,
      );
      expect(it().node([othersBin("ts-node/dist/bin.js"), "main.ts"], "template")).toEqual({
        ...passed,
        stdout: "",
      });
      expect(synthesized("template")).toHaveProperty("resource.google_compute_firewall");
      const tests = it().node([bin("jest/bin/jest.js"), "--ci"], "template");
      expect(tests).toEqual({ status: 0, stdout: "", stderr: expect.stringContaining("2 passed, 2 total") });
    });

    test("unit tests run with @swc/jest", () => {
      it().link("jest", "@swc/jest", "@jest/globals");
      it().write("swc/jest.config.js", 'module.exports = { transform: { "\\\\.ts$": "@swc/jest" } };');
      it().write("swc/network.ts", network(imports.replace("App, ", "")));
      const own =
        'import { expect, test } from "@jest/globals";\nimport "single-source-platform/testing/jest-globals";\n';
      it().write("swc/network.test.ts", own + unitTests(".", "test"));
      const tests = it().node([bin("jest/bin/jest.js"), "--ci"], "swc");
      expect(tests).toEqual({ status: 0, stdout: "", stderr: expect.stringContaining("2 passed, 2 total") });
    });

    test("unit tests run with Vitest", () => {
      it().link("vitest");
      it().write(
        "vitest/vitest.config.mjs",
        'export default { test: { setupFiles: ["single-source-platform/testing/vitest"], pool: "threads" } };',
      );
      it().write("vitest/network.ts", network(imports.replace("App, ", "")));
      it().write(
        "vitest/network.test.ts",
        `import { expect, test } from "vitest";\n${unitTests(".", "test")}`,
      );
      const { status, stdout, stderr } = it().node([othersBin("vitest/vitest.mjs"), "run"], "vitest");
      expect({ status, stdout, stderr }).toEqual({
        ...passed,
        stdout: expect.stringMatching(/Tests +2 passed \(2\)/),
      });
      const compilerOptions = { strict: true, noEmit: true, module: "nodenext", skipLibCheck: true };
      it().write("vitest/tsconfig.json", JSON.stringify({ compilerOptions, files: ["types.mts"] }));
      it().write(
        "vitest/types.mts",
        `import { expect } from "vitest";
import "single-source-platform/testing/vitest";

expect({}).toHoldRules();
// @ts-expect-error There is no such matcher.
expect({}).toHoldRule();
`,
      );
      expect(it().node([othersBin("typescript/bin/tsc"), "-p", "vitest"])).toEqual({ ...passed, stdout: "" });
    });

    test("an app of ES modules synthesizes, and shares the classes with CommonJS", () => {
      it().write(
        "modules/main.mjs",
        `${imports}
import { createRequire } from "node:module";
import { VpcNetwork } from "single-source-platform/constructs/vpc-network";

const stack = new TerraformStack(new App(), "network");
new GoogleProvider(stack, "google", { project: "acme-dev", region: "europe-west1" });
new VpcNetwork(stack, "Vpc", { name: "main" });
App.of(stack).synth();
const { VpcNetwork: same } = createRequire(import.meta.url)("single-source-platform/constructs/vpc-network");
console.log(same === VpcNetwork);
`,
      );
      expect(it().node(["main.mjs"], "modules")).toEqual({ ...passed, stdout: "true\n" });
      expect(synthesized("modules")).toHaveProperty("resource.google_compute_network");
      const verified = it().node(["node_modules/.bin/single-source-verify", "modules/cdktf.out"]);
      expect(verified).toMatchObject(passed);
    });

    test.each([
      ["node16", "node16"],
      ["bundler", "esnext"],
    ])("types are found under the resolution %s, and a wrong prop is refused", (resolution, module) => {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        // Whoever exports a value must be able to name its type.
        declaration: true,
        module,
        moduleResolution: resolution,
        target: "es2022",
        types: ["node"],
      };
      const folder = `types-${resolution}`;
      it().write(
        `${folder}/tsconfig.json`,
        JSON.stringify({ compilerOptions, files: ["right.mts", "wrong.cts"] }),
      );
      const source = network(imports.replace("App, ", ""));
      it().write(
        `${folder}/right.mts`,
        `${source}
import { cidr, gibibytes, seconds } from "single-source-platform";
import { Match, Template } from "single-source-platform/testing";

export const given = { range: cidr("10.8.0.0/28"), wait: seconds(30), memory: gibibytes(2) };
export const read = (stack: TerraformStack) => Template.fromStack(stack).findResources("google_compute_network");
export const pattern = Match.absent();
export class OwnNetwork extends VpcNetwork {
  readonly wait = seconds(5);
}
`,
      );
      it().write(`${folder}/wrong.cts`, source.replace('name: "main" }', 'naem: "main" }'));
      const { stdout } = it().node([bin("typescript/bin/tsc"), "-p", folder]);
      expect(stdout.trimEnd().split("\n")).toEqual([
        expect.stringMatching(/wrong\.cts.*'naem' does not exist in type 'VpcNetworkProps'/),
      ]);
    });

    test("types compile without interop of modules where the compiler checks every declaration", () => {
      const compilerOptions = {
        ...{ strict: true, noEmit: true, module: "commonjs", moduleResolution: "node10", target: "es2022" },
        // Without the declarations of a browser, which are of no use to it and take as long as all others.
        ...{ esModuleInterop: false, skipLibCheck: false, lib: ["es2022"], types: ["node"] },
      };
      it().write("types-plain/tsconfig.json", JSON.stringify({ compilerOptions, files: ["main.ts"] }));
      it().write(
        "types-plain/main.ts",
        `${network(imports.replace("App, ", ""))}
import { defineEnvironment } from "single-source-platform";
import { verifyOnSynth } from "single-source-platform/verify";
import { Template } from "single-source-platform/testing";

export const used = [defineEnvironment, verifyOnSynth, Template];
`,
      );
      expect(it().node([othersBin("typescript/bin/tsc"), "-p", "types-plain"])).toEqual({
        ...passed,
        stdout: "",
      });
    });

    /** A resource that no provider class made, and whose maximum the API refuses. */
    const raw = (
      library: string,
    ): string => `const { App, TerraformResource, TerraformStack } = require("${library}");
const { verifyOnSynth } = require("single-source-platform/verify");

const app = new App();
verifyOnSynth(app);
const stack = new TerraformStack(app, "network");
stack.addOverride("terraform.required_providers.google", { source: "hashicorp/google", version: "7.0.0" });
const connector = new TerraformResource(stack, "connector", { terraformResourceType: "google_vpc_access_connector" });
for (const [name, value] of Object.entries({ name: "main", network: "default", ip_cidr_range: "10.8.0.0/28", min_instances: 2 }))
  connector.addOverride(name, value);
connector.addOverride("max_instances", Number(process.argv[2]));
app.synth();
`;

    test.each([
      ["CDKTF 0.21", "cdktf", "cdktf"],
      ["CDKTF 0.20", "cdktf", "cdktf=cdktf020"],
      ["cdktn under the name of cdktf", "cdktf", "cdktf=cdktn"],
      ["cdktn", "cdktn", "cdktn"],
    ])("the rule book judges an app of %s", (name, library, ...packages) => {
      const folder = name.replaceAll(/[ .]/g, "-");
      it().isolated(folder, "constructs", ...packages);
      it().write(`${folder}/app.cjs`, raw(library));
      const app = (max: string): Run =>
        it().node(["--preserve-symlinks", "--preserve-symlinks-main", "app.cjs", max], folder);
      const refused = app("15");
      expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 1, stdout: "" });
      expect(refused.stderr).toContain(
        "SynthesisError: Refused: 1 error. Nothing was written.\n\nErrors (1)\n\n  google_vpc_access_connector.connector  network/connector\n    x max_instances is 15; rejected by the API: it must be 3 to 10 instances.",
      );
      expect(globSync("cdktf.out/**/*.json", { cwd: path.join(it().folder, folder) })).toEqual([]);
      expect(app("10")).toEqual({ ...passed, stdout: "" });
      expect(synthesized(folder)).toHaveProperty(
        "resource.google_vpc_access_connector.connector.max_instances",
        10,
      );
    });
  });
}
