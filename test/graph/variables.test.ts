import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type GraphOptions, isUnknown, readGraph } from "../../graph/index.ts";
import { folderOf, inputError } from "./support.ts";

const DECLARED = `variable "tier" {
  type    = string
  default = "default"
}
variable "zones" {
  type    = list(string)
  default = []
}
variable "size" {
  type = number
}
variable "anything" {}
resource "google_x" "a" {
  tier     = var.tier
  zones    = var.zones
  size     = var.size
  anything = var.anything
}
`;

async function values(
  files: { readonly [path: string]: string },
  variables: GraphOptions["variables"] = {},
  given: readonly string[] = [],
) {
  const folder = folderOf({ "main.tf": DECLARED, ...files });
  const graph = await readGraph([folder, ...given.map((path) => join(folder, path))], {
    variables: {
      ...variables,
      given: (variables.given ?? []).map((one) =>
        one.kind === "file" ? { ...one, path: join(folder, one.path) } : one,
      ),
    },
  });
  const [resource] = graph.all();
  const seen = ["tier", "zones", "size", "anything"].map((name) => {
    const value = resource?.get(name);
    return isUnknown(value) ? `unknown: ${value.why}` : value;
  });
  const about = graph.notes.filter((note) => !/No version|without a value/.test(note));
  return { seen, notes: about.map((note) => note.replaceAll(folder, "")) };
}

describe("values of variables are read as Terraform reads them", () => {
  test("without any, the default counts, and what has none is unknown", async () => {
    expect((await values({})).seen).toEqual([
      "default",
      undefined,
      "unknown: variable size has no value",
      "unknown: variable anything has no value",
    ]);
  });

  test.each([
    ["the environment", {}, "environment"],
    ["terraform.tfvars over it", { "terraform.tfvars": 'tier = "usual"' }, "usual"],
    [
      "terraform.tfvars.json over that",
      { "terraform.tfvars": 'tier = "usual"', "terraform.tfvars.json": '{"tier": "json"}' },
      "json",
    ],
    [
      "*.auto.tfvars over both, in the order of their names",
      { "terraform.tfvars": 'tier = "usual"', "b.auto.tfvars": 'tier = "b"', "a.auto.tfvars": 'tier = "a"' },
      "b",
    ],
  ])("%s", async (_, files, expected) => {
    const { seen } = await values(files, { environment: { tier: "environment" } });
    expect(seen[0]).toBe(expected);
  });

  test("what is given wins over all files, the last one over the others", async () => {
    const files = { "x.auto.tfvars": 'tier = "auto"', "prod.tfvars": 'tier = "prod"\nsize = 7' };
    const file = { kind: "file", path: "prod.tfvars" } as const;
    const value = { kind: "value", name: "tier", text: "given" } as const;
    expect((await values(files, { given: [value, file] })).seen.slice(0, 3)).toEqual(["prod", undefined, 7]);
    expect((await values(files, { given: [file, value] })).seen[0]).toBe("given");
  });

  test("a file of values among the paths counts as given", async () => {
    const files = { "dev.tfvars": 'tier = "dev"', "envs/prod.tfvars": 'tier = "prod"' };
    const { seen, notes } = await values(files, {}, ["envs/prod.tfvars"]);
    expect(seen[0]).toBe("prod");
    expect(notes).toEqual([]);
  });

  test("text for texts, numbers and what has no type; expressions for everything else", async () => {
    const environment = { tier: "[1]", zones: '["a", "b"]', size: "3", anything: "[2]" };
    expect((await values({}, { environment })).seen).toEqual(["[1]", ["a", "b"], 3, "[2]"]);
  });

  test("what is no expression is an error with an example", async () => {
    const folder = folderOf({ "main.tf": DECLARED });
    await expect(readGraph([folder], { variables: { environment: { zones: "a, b" } } })).rejects.toThrow(
      'The value of the variable zones, "a, b", is not an expression of Terraform, for example ["a", "b"]',
    );
  });
});

describe("nothing about values is silent", () => {
  test("the only other file is taken, and named", async () => {
    const { seen, notes } = await values({ "dev.tfvars": 'tier = "dev"' });
    expect(seen[0]).toBe("dev");
    expect(notes).toEqual([
      "/dev.tfvars was read as if given with --var-file, because it is the only such file.",
    ]);
  });

  test("one that cannot be read is named and left out, as Terraform does not read it by itself", async () => {
    const { seen, notes } = await values({ "sample.terraform.tfvars": "tier := dev" });
    expect(seen[0]).toBe("default");
    expect(notes).toEqual([
      expect.stringMatching(
        /^\/sample\.terraform\.tfvars, line 1, column 6, cannot be read as HCL: .*\. It was left out: Terraform does not read it by itself\.$/,
      ),
    ]);
    await expect(values({ "terraform.tfvars": "tier := dev" })).rejects.toThrow("cannot be read as HCL");
  });

  test("of several none is taken, and all are named", async () => {
    const { seen, notes } = await values({ "dev.tfvars": 'tier = "dev"', "prod.tfvars": 'tier = "prod"' });
    expect(seen[0]).toBe("default");
    expect(notes).toEqual([
      " holds dev.tfvars, prod.tfvars, of which none was read. Give one with --var-file, for example --var-file /dev.tfvars.",
    ]);
  });

  test("a value for a variable that is not declared is named", async () => {
    const { notes } = await values({}, { given: [{ kind: "value", name: "teir", text: "x" }] });
    expect(notes).toEqual([" declares no variable teir, which --var gives a value."]);
  });

  test("values without a module, and a file that is not there, are errors", async () => {
    const folder = folderOf({ "prod.tfvars": "", "main.tf": DECLARED });
    const file = join(folder, "prod.tfvars");
    expect(await inputError(file)).toBe(
      `${file} holds values of variables only: give the folder of its module as well.`,
    );
    expect(await inputError(folder, join(folder, "no.tfvars"))).toBe(
      `${join(folder, "no.tfvars")} does not exist.`,
    );
  });

  test("files of the same module are named where what was given refers to them", async () => {
    const network = 'resource "google_x" "b" {\n  a = google_x.a.id\n}\n';
    const folder = folderOf({ "main.tf": DECLARED, "network.tf": network });
    const [main, other] = [join(folder, "main.tf"), join(folder, "network.tf")];
    expect((await readGraph([other])).unread).toEqual([
      `main.tf of the same module was not read, although ${other} refers to google_x.a: verify the whole folder "${folder}".`,
    ]);
    expect((await readGraph([main])).unread).toEqual([]);
    expect((await readGraph([main, other])).unread).toEqual([]);
  });

  test("inputs of Terragrunt next to Terraform are named", async () => {
    const folder = folderOf({ "main.tf": DECLARED, "terragrunt.hcl": "inputs = {}\n" });
    expect((await readGraph([folder])).unread).toEqual([
      `${join(folder, "terragrunt.hcl")} was not read: its inputs are unknown.`,
    ]);
  });
});

test("a key that occurs twice in a file of values is refused, with what to do about values", async () => {
  const files = { "main.tf": 'variable "size" { type = object({ min = number }) }' };
  const twice = folderOf({ ...files, "terraform.tfvars.json": '{\n  "size": {"min": 1, "min": 2}\n}' });
  await expect(readGraph([twice])).rejects.toThrow(
    'terraform.tfvars.json, line 2, has the key "min" a second time in one object, and only one of the two would be read: keep the one that is meant.',
  );
  const once = folderOf({ ...files, "terraform.tfvars.json": '{ "size": {"min": 1} }' });
  await expect(readGraph([once])).resolves.toBeDefined();
});
