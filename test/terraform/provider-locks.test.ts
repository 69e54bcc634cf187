import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findTerraform, type Terraform } from "../../terraform/binary.ts";
import { Interrupt } from "../../terraform/interrupt.ts";
import { planStacks } from "../../terraform/plan-stacks.ts";
import { writeProviderInstallation } from "../../terraform/provider-installation.ts";
import { unlockedProviders, writeProviderLock } from "../../terraform/provider-locks.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";
import { type TerraformStacks, terraformStacks } from "../support/terraform-stacks.ts";

const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

let stacks: TerraformStacks;
let mirror: string;
let terraform: Terraform;
const interrupt = new Interrupt();
beforeEach(async () => {
  stacks = terraformStacks();
  mirror = mkdtempSync(path.join(os.tmpdir(), "mirror-"));
  writeFileSync(
    path.join(mirror, "terraformrc"),
    `provider_installation { filesystem_mirror { path = "${mirror}" } }`,
  );
  terraform = await findTerraform({
    ...process.env,
    TF_CLI_CONFIG_FILE: path.join(mirror, "terraformrc"),
    TF_PLUGIN_CACHE_DIR: undefined,
  });
});
afterEach(() => {
  interrupt.release();
  stacks.remove();
  rmSync(mirror, { recursive: true, force: true });
});

/** A program in the mirror that Terraform would take for this release, and that leaves a trace where it is run. */
function offer(address: string, version: string): string {
  const folder = path.join(mirror, address, version, PLATFORM);
  const [type = ""] = address.split("/").slice(-1);
  const program = path.join(folder, `terraform-provider-${type}_v${version}`);
  const trace = path.join(mirror, "was-run");
  mkdirSync(folder, { recursive: true });
  writeFileSync(program, `#!/bin/sh\ntouch ${trace}\nexit 1\n`);
  chmodSync(program, 0o755);
  return trace;
}

async function plan() {
  const work = path.join(stacks.folder, "work");
  mkdirSync(work, { recursive: true });
  return planStacks(
    terraform,
    stackFolders(stacks.output, () => true),
    { work, interrupt },
  );
}

const json = (): string => path.join(stacks.output, "stacks/app/cdk.tf.json");

/** Adds a provider to the code of the stack. */
function requireProvider(provider: object): void {
  const found = JSON.parse(readFileSync(json(), "utf8"));
  writeFileSync(
    json(),
    JSON.stringify({ ...found, terraform: { ...found.terraform, required_providers: { one: provider } } }),
  );
}

/** The state of the stack, which names a provider that its code does not. */
function writeStateOf(provider: string): void {
  writeFileSync(
    path.join(stacks.folder, "terraform.app.tfstate"),
    JSON.stringify({
      version: 4,
      terraform_version: "1.5.0",
      serial: 1,
      lineage: "00000000-0000-0000-0000-000000000000",
      outputs: {},
      resources: [
        {
          mode: "managed",
          type: "evil_thing",
          name: "x",
          provider: `provider["registry.terraform.io/${provider}"]`,
          instances: [{ schema_version: 0, attributes: {} }],
        },
      ],
    }),
  );
}

describe("a provider", () => {
  test("that only the state names is not run", async () => {
    const trace = offer("registry.terraform.io/evil/evil", "1.0.0");
    stacks.write({ app: { one: { input: "a" } } });
    writeStateOf("evil/evil");
    const { planned, failed } = await plan();
    expect(planned).toEqual([]);
    expect(failed).toMatchObject([
      {
        kind: "foreign-provider",
        sentence: expect.stringMatching(
          /^The state names registry\.terraform\.io\/evil\/evil, which the code does not, and Terraform would run it: nothing was planned\. /,
        ),
      },
    ]);
    expect(existsSync(trace)).toBe(false);
  });

  test("that only the state names is not even downloaded by a plain init with the CLI configuration of the output", () => {
    stacks.write({ app: { one: { input: "a" } } });
    writeStateOf("evil/evil");
    const init = () =>
      spawnSync("terraform", ["init", "-no-color"], {
        cwd: path.dirname(json()),
        env: { ...process.env, TF_CLI_CONFIG_FILE: path.join(stacks.output, "providers.tfrc") },
        encoding: "utf8",
      });
    writeProviderInstallation(stacks.output);
    expect(init()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        "Could not retrieve the list of available versions for provider evil/evil",
      ),
    });
    requireProvider({ source: "google", version: "6.50.0" });
    writeProviderInstallation(stacks.output);
    const refused = init();
    expect(refused.status).toBe(1);
    expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain(
      "provider registry.terraform.io/evil/evil was not found in any of the search locations",
    );
    // One that the code names is looked for in its registry, whether or not that answers here.
    writeStateOf("hashicorp/google");
    expect(init().stderr.replaceAll(/\s+/g, " ")).not.toContain(
      "was not found in any of the search locations",
    );
  });

  test("whose archive is another one than HashiCorp's is not installed", async () => {
    const folder = path.join(mirror, "registry.terraform.io/hashicorp/google");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `terraform-provider-google_6.50.0_${PLATFORM}.zip`), "another archive");
    stacks.write({ app: { one: { input: "a" } } });
    requireProvider({ source: "google", version: "6.50.0" });
    const { planned, failed } = await plan();
    expect(planned).toEqual([]);
    expect(failed).toMatchObject([
      {
        kind: "wrong-checksum",
        sentence: expect.stringContaining(
          "gives out another provider than the one whose checksum is checked in (registry.terraform.io/hashicorp/google): nothing was installed",
        ),
      },
    ]);
  });

  test("of another release than the checksums know is locked by Terraform itself, on its first init", async () => {
    stacks.write({ app: { one: { input: "a" } } });
    requireProvider({ source: "acme/other", version: "1.0.0" });
    writeProviderLock(path.dirname(json()));
    expect(existsSync(path.join(path.dirname(json()), ".terraform.lock.hcl"))).toBe(false);
  });
});

test("what Terraform adds to a lock file stays", () => {
  stacks.write({ app: {} });
  requireProvider({ source: "hashicorp/google", version: "6.50.0" });
  const lock = path.join(path.dirname(json()), ".terraform.lock.hcl");
  writeProviderLock(path.dirname(json()));
  const amended = readFileSync(lock, "utf8").replace("hashes = [", 'hashes = [\n    "h1:own",');
  writeFileSync(lock, amended);
  writeProviderLock(path.dirname(json()));
  expect(readFileSync(lock, "utf8")).toBe(amended);
  writeFileSync(lock, amended.replace("zh:1f35", "zh:ffff"));
  writeProviderLock(path.dirname(json()));
  expect(readFileSync(lock, "utf8")).toContain("zh:1f35");
});

describe("a lock file of a release whose checksums are not checked in", () => {
  const folder = (): string => path.dirname(json());
  const lock = (): string => path.join(folder(), ".terraform.lock.hcl");
  const block = (version: string): string =>
    `provider "registry.terraform.io/hashicorp/google" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "h1:its-own",\n  ]\n}`;

  test("is not written, and that is said", () => {
    stacks.write({ app: {} });
    requireProvider({ source: "google", version: "8.0.0" });
    writeProviderLock(folder());
    expect(existsSync(lock())).toBe(false);
    expect(unlockedProviders(folder())).toEqual([
      "The checksums of hashicorp/google 8.0.0 are not checked in, unlike those of 6.50.0: the first init takes what its author has signed, and records it in .terraform.lock.hcl.",
    ]);
  });

  test("does not keep that of another release, which Terraform would refuse", () => {
    stacks.write({ app: {} });
    requireProvider({ source: "google", version: "6.50.0" });
    writeProviderLock(folder());
    expect(unlockedProviders(folder())).toEqual([]);
    requireProvider({ source: "google", version: "8.0.0" });
    writeProviderLock(folder());
    expect(existsSync(lock())).toBe(false);
  });

  test("stays as Terraform has written it, as long as the code allows its release", () => {
    stacks.write({ app: {} });
    writeFileSync(lock(), `# made by init\n\n${block("8.0.0")}\n`);
    for (const version of ["8.0.0", "~> 8.0", ">= 6.50.0, < 9"]) {
      requireProvider({ source: "hashicorp/google", version });
      writeProviderLock(folder());
      expect(readFileSync(lock(), "utf8")).toBe(`# made by init\n\n${block("8.0.0")}\n`);
      expect(unlockedProviders(folder())).toEqual([
        `The checksums of hashicorp/google ${version} are not checked in, unlike those of 6.50.0: what its first init has recorded in .terraform.lock.hcl is used.`,
      ]);
    }
    requireProvider({ source: "hashicorp/google", version: "6.50.0" });
    writeProviderLock(folder());
    expect(readFileSync(lock(), "utf8")).toContain('version = "6.50.0"');
    expect(readFileSync(lock(), "utf8")).not.toContain("h1:its-own");
  });

  test("is the team's own where the project has one for it", () => {
    const project = path.join(stacks.folder, "project");
    mkdirSync(project);
    writeFileSync(
      path.join(project, ".terraform.lock.hcl"),
      `${block("8.0.0").replace("h1:its-own", "zh:team")}\n`,
    );
    stacks.write({ app: {} });
    // What somebody's init has recorded is not what the team has checked in.
    writeFileSync(lock(), `${block("8.0.0")}\n`);
    requireProvider({ source: "google", version: "8.0.0" });
    writeProviderLock(folder(), project);
    expect(readFileSync(lock(), "utf8")).toContain("zh:team");
    expect(readFileSync(lock(), "utf8")).not.toContain("h1:its-own");
    expect(unlockedProviders(folder(), project)).toEqual([]);
    const amended = readFileSync(lock(), "utf8").replace("hashes = [", 'hashes = [\n    "h1:unpacked",');
    writeFileSync(lock(), amended);
    writeProviderLock(folder(), project);
    expect(readFileSync(lock(), "utf8")).toBe(amended);
    // Before an init in the folder of a stack, which knows no project, it stays.
    writeProviderLock(folder());
    expect(readFileSync(lock(), "utf8")).toBe(amended);
    // It says nothing of a release whose checksums are known here, nor of one that the code does not allow.
    writeFileSync(path.join(project, ".terraform.lock.hcl"), `${block("6.50.0")}\n`);
    requireProvider({ source: "google", version: "6.50.0" });
    writeProviderLock(folder(), project);
    expect(readFileSync(lock(), "utf8")).toContain("zh:1f35");
    requireProvider({ source: "google", version: "~> 7.0" });
    writeProviderLock(folder(), project);
    expect(unlockedProviders(folder(), project)).toHaveLength(1);
  });
});
