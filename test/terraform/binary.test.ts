import { rmSync } from "node:fs";
import process from "node:process";
import { afterAll, describe, expect, test } from "@jest/globals";
import { findTerraform } from "../../terraform/binary.ts";
import { programs } from "../support/fake-program.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function pathOf(scripts: Readonly<Record<string, string>>): string {
  const folder = programs(scripts);
  folders.push(folder);
  return folder;
}

describe("the Terraform on the PATH", () => {
  test("is found with its version", async () => {
    const terraform = await findTerraform(process.env);
    expect(terraform.product).toBe("Terraform");
    expect(terraform.version).toMatch(/^1\.\d+\.\d+$/);
  });

  test("gets no environment variable that would quietly change a plan", async () => {
    const { env } = await findTerraform({
      ...process.env,
      TF_CLI_ARGS: "-target=x",
      TF_CLI_ARGS_plan: "-target=x",
      TF_WORKSPACE: "other",
      TF_DATA_DIR: "/tmp/x",
      TF_PLUGIN_CACHE_DIR: "/tmp/cache",
    });
    expect(Object.keys(env).filter((name) => /^TF_(CLI_ARGS|WORKSPACE|DATA_DIR)/.test(name))).toEqual([]);
    expect(env).toMatchObject({ TF_PLUGIN_CACHE_DIR: "/tmp/cache", TF_IN_AUTOMATION: "1", TF_INPUT: "0" });
  });

  test("may be OpenTofu", async () => {
    const PATH = pathOf({ tofu: "echo 'OpenTofu v1.8.2'; echo 'on linux_amd64'" });
    expect(await findTerraform({ PATH })).toMatchObject({
      command: "tofu",
      product: "OpenTofu",
      version: "1.8.2",
    });
  });

  test("is another one where TERRAFORM_BINARY_NAME says so", async () => {
    const PATH = pathOf({
      terraform: "echo 'Terraform v1.9.0'",
      "terraform-1.11": "echo 'Terraform v1.11.0'",
    });
    const found = await findTerraform({ PATH, TERRAFORM_BINARY_NAME: "terraform-1.11" });
    expect(found).toMatchObject({ command: "terraform-1.11", version: "1.11.0" });
    const unset = await findTerraform({ PATH, TERRAFORM_BINARY_NAME: "" });
    expect(unset).toMatchObject({ command: "terraform", version: "1.9.0" });
  });
});

describe("a machine that cannot plan", () => {
  const refused = (env: NodeJS.ProcessEnv) => expect(findTerraform(env)).rejects;

  test("has no Terraform", async () => {
    await refused({ PATH: pathOf({}) }).toThrow(
      "There is no Terraform on the PATH: install Terraform 1.5 or newer (developer.hashicorp.com/terraform/install) or OpenTofu 1.6 or newer, or set TERRAFORM_BINARY_NAME to one.",
    );
  });

  test("names one that is not there", async () => {
    await refused({ PATH: pathOf({}), TERRAFORM_BINARY_NAME: "terrafrom" }).toThrow(
      'TERRAFORM_BINARY_NAME is "terrafrom", and no such program can be started: fix it, or unset it to use the one on the PATH.',
    );
  });

  test.each([
    ["Terraform v1.4.9", "Terraform 1.4.9 is too old: 1.5 or newer is needed"],
    ["Terraform v0.15.5", "Terraform 0.15.5 is too old: 1.5 or newer is needed"],
    ["OpenTofu v1.5.9", "OpenTofu 1.5.9 is too old: 1.6 or newer is needed"],
  ])("has %s", async (version, sentence) => {
    await refused({ PATH: pathOf({ terraform: `echo '${version}'` }) }).toThrow(sentence);
  });

  test.each(["Terraform v1.5.0", "Terraform v2.0.0", "OpenTofu v1.6.0"])(
    "%s is new enough",
    async (version) => {
      const { version: found } = await findTerraform({ PATH: pathOf({ terraform: `echo '${version}'` }) });
      expect(version.endsWith(found)).toBe(true);
    },
  );

  test("has something else by that name", async () => {
    await refused({ PATH: pathOf({ terraform: "echo 'Fake 1.0'" }) }).toThrow(
      '"terraform version" is neither Terraform nor OpenTofu ("Fake 1.0\\n"): set TERRAFORM_BINARY_NAME to the one to use.',
    );
  });
});
