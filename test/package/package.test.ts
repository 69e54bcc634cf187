import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";

const MEGABYTE = 1_000_000;
/** Building, packing and installing takes seconds, and a minute on a machine that is busy with all other tests. */
jest.setTimeout(180_000);

const project = process.cwd();
let folder = "";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program in the empty folder, without anything of this project in its way. */
function run(program: string, args: readonly string[], cwd = folder): Run {
  // The package must install without a registry: its verifier depends on nothing.
  const env = { PATH: process.env.PATH ?? "", HOME: folder, npm_config_offline: "true" };
  try {
    return {
      code: 0,
      out: execFileSync(program, args, { cwd, env, encoding: "utf8", stdio: "pipe" }),
      err: "",
    };
  } catch (problem) {
    const { status, stdout, stderr } = problem as { status: number; stdout: string; stderr: string };
    return { code: status, out: stdout, err: stderr };
  }
}

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

function sizeOf(place: string): number {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "package-"));
  const packed = run("npm", ["pack", "--silent", "--pack-destination", folder], project);
  expect(packed).toEqual({ code: 0, out: expect.stringMatching(/\.tgz\n$/), err: "" });
  const [archive = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  write("package.json", '{ "name": "elsewhere", "private": true }');
  expect(run("npm", ["install", "--no-audit", "--no-fund", archive]).err).toBe("");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the verifier", () => {
  const verifier = (...args: string[]): Run =>
    run(process.execPath, [path.join(folder, "node_modules", ".bin", "single-source-verify"), ...args]);

  test("is installed alone, below 10 MB, with the notices of what it contains", () => {
    const installed = path.join(folder, "node_modules");
    expect(readdirSync(installed).filter((name) => !name.startsWith("."))).toEqual([
      "single-source-platform",
    ]);
    expect(sizeOf(installed)).toBeLessThan(10 * MEGABYTE);
    expect(readdirSync(path.join(installed, "single-source-platform", "dist"))).toContain(
      "THIRD-PARTY-NOTICES.txt",
    );
  });

  test("judges plain Terraform", () => {
    write(
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
    const { code, out } = verifier("infra");
    expect(code).toBe(1);
    expect(out).toMatch(/^Reading infra \.\.\.\n/);
    expect(out).toContain("  google_vpc_access_connector.main  infra/main.tf:1\n");
    expect(out).toContain("max_instances");
  });

  test("knows the attributes of resource types", () => {
    write(
      "cache/main.tf",
      'resource "google_redis_instance" "main" {\n  name          = "main"\n  memory_sise_gb = 1\n}\n',
    );
    const { code, out } = verifier("cache");
    expect(code).toBe(1);
    expect(out).toContain("Write memory_size_gb.");
  });

  test("judges Terraform JSON, explains rules and tells its version", () => {
    write("fine.tf.json", '{"resource":{"google_compute_network":{"main":{"name":"main"}}}}');
    expect(JSON.parse(verifier("fine.tf.json", "--format", "json").out)).toEqual({
      findings: [],
      resources: 1,
    });
    expect(verifier("--explain", "edge/redirect").out).toMatch(/^edge\/redirect\n/);
    expect(verifier("--version").out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("needs a path, having no project of its own", () => {
    expect(verifier()).toEqual({
      code: 2,
      out: expect.any(String),
      err: "Name what to verify: a folder of Terraform or Kubernetes YAML, a cdktf.out, a plan or a state. See --help.\n",
    });
  });
});

describe("the constructs", () => {
  /** What a CDKTF app has installed itself; taken from this project instead of the registry. */
  function bringPeers(): void {
    mkdirSync(path.join(folder, "node_modules", "@cdktf"), { recursive: true });
    for (const name of ["cdktf", "constructs", "@cdktf/provider-google", "@types/node"]) {
      const link = path.join(folder, "node_modules", name);
      mkdirSync(path.dirname(link), { recursive: true });
      rmSync(link, { recursive: true, force: true });
      symlinkSync(path.join(project, "node_modules", name), link);
    }
  }

  const app = `import { App, TerraformStack, Testing } from "cdktf";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { EgressFirewall } from "single-source-platform/constructs/egress-firewall";
import { VpcNetwork } from "single-source-platform/constructs/vpc-network";

const stack = new TerraformStack(new App(), "network");
new GoogleProvider(stack, "google", { project: "acme-dev", region: "europe-west1" });
const network = new VpcNetwork(stack, "Vpc", { name: "main" });
new EgressFirewall(stack, "Firewall", {
  prefix: "main",
  network: network.resource.id,
  allow: [{ name: "redis", protocol: "tcp", ports: ["6379"], ranges: ["10.40.9.0/28"] }],
});
console.log(Testing.synth(stack));
`;

  test("synthesize in an app elsewhere, from modules and from CommonJS, and pass its verifier", () => {
    bringPeers();
    write("app.mjs", app);
    const { out, err, code } = run(process.execPath, ["app.mjs"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const json = JSON.parse(out) as { resource: { google_compute_network: object } };
    expect(Object.values(json.resource.google_compute_network)).toEqual([
      expect.objectContaining({ name: "main", auto_create_subnetworks: false }),
    ]);
    write("app.tf.json", out);
    const verified = run(process.execPath, ["node_modules/.bin/single-source-verify", "app.tf.json"]);
    expect(verified.code).toBe(0);
    write(
      "app.cjs",
      'console.log(typeof require("single-source-platform/constructs/vpc-network").VpcNetwork);',
    );
    expect(run(process.execPath, ["app.cjs"]).out).toBe("function\n");
  });

  test("have their types", () => {
    bringPeers();
    const options = { strict: true, noEmit: true, module: "nodenext", target: "es2023", types: ["node"] };
    write("right/tsconfig.json", JSON.stringify({ compilerOptions: options, files: ["app.mts"] }));
    write("right/app.mts", app);
    write("wrong/tsconfig.json", JSON.stringify({ compilerOptions: options, files: ["app.mts"] }));
    write("wrong/app.mts", app.replace('name: "main" }', 'naem: "main" }'));
    const tsc = path.join(project, "node_modules", "typescript", "bin", "tsc");
    expect(run(process.execPath, [tsc, "-p", "right"]).out).toBe("");
    expect(run(process.execPath, [tsc, "-p", "wrong"]).out).toContain(
      "'naem' does not exist in type 'VpcNetworkProps'",
    );
  });
});
