import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { verify } from "../../commands/verify/index.ts";
import { isUnknown, readGraph } from "../../graph/index.ts";
import { folderOf, inputError } from "../graph/support.ts";

const CREDENTIALS = '{"auths": {"ghcr.io": {"auth": "dXNlcjpodW50ZXIy"}}}';
const NETWORK = 'resource "google_compute_network" "main" {\n  name = "main"\n}\n';
const home = (): string => folderOf({ "config.json": CREDENTIALS, "other/main.tf": NETWORK });

/** A checkout with the files, and with the links by what they lead to. */
function checkout(
  files: { readonly [path: string]: string },
  links: { readonly [path: string]: string } = {},
): string {
  const folder = folderOf(files);
  mkdirSync(join(folder, ".git"));
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
  return folder;
}

describe("a link out of the repository is refused by name", () => {
  test.each(["terraform.tfvars.json", "main.tf.json", ".terraform.lock.hcl"])("%s", async (name) => {
    const folder = checkout({ "network.tf": NETWORK }, { [name]: join(home(), "config.json") });
    expect(await inputError(folder)).toBe(
      `${join(folder, name)} leads out of ${folder} and was not read: name the file itself instead.`,
    );
  });

  test("YAML", async () => {
    const folder = checkout({}, { "deployment.yaml": join(home(), "config.json") });
    expect(await inputError(folder)).toContain("deployment.yaml leads out of");
  });

  test("a kustomization", async () => {
    const folder = checkout({}, { "kustomization.yaml": join(home(), "config.json") });
    expect(await inputError(folder)).toContain("kustomization.yaml leads out of");
  });

  test("a stack that a manifest of cdktf names", async () => {
    const manifest = { stacks: { net: { synthesizedStackPath: "../../../../../../etc/hostname" } } };
    const folder = checkout({ "cdktf.out/manifest.json": JSON.stringify(manifest) });
    expect(await inputError(join(folder, "cdktf.out"))).toContain(`leads out of ${folder}`);
  });

  test("the verified folder itself", async () => {
    const folder = checkout({}, { infra: join(home(), "other") });
    expect(await inputError(join(folder, "infra"))).toContain(`leads out of ${folder}`);
  });

  test("a plan", async () => {
    const folder = checkout({}, { "plan.json": join(home(), "config.json") });
    expect(await inputError(join(folder, "plan.json"))).toContain(`leads out of ${folder}`);
  });

  test("the folder of another repository", async () => {
    const other = checkout({ "main.tf": NETWORK });
    const folder = checkout({}, { infra: other });
    expect(await inputError(join(folder, "infra"))).toContain(`leads out of ${folder}`);
  });
});

/** The kind: a file of the pull request names another file. */
describe("the settings of a folder lead out of nothing", () => {
  const verified = async (folder: string): Promise<{ code: number; out: string }> => {
    let out = "";
    const write = (text: string): void => {
      out += text;
    };
    const run = { cwd: folder, today: "2026-03-01", variables: {}, colors: false, version: "1.2.3" };
    return { code: await verify([folder], { ...run, write, writeError: write }), out };
  };
  const USING =
    'variable "auths" {}\nresource "google_compute_network" "main" {\n  name = jsonencode(var.auths)\n}\n';

  test.each(["var-file: [NAME]", "baseline: NAME"])("%s", async (setting) => {
    const outside = join(home(), "config.json");
    for (const make of [folderOf, checkout]) {
      const folder = make({ "main.tf": USING });
      for (const name of [relative(folder, outside), "link.json"]) {
        writeFileSync(join(folder, ".verify.yaml"), setting.replace("NAME", JSON.stringify(name)));
        rmSync(join(folder, "link.json"), { force: true });
        symlinkSync(outside, join(folder, "link.json"));
        const { code, out } = await verified(folder);
        expect([code, out]).toEqual([2, expect.stringContaining(`leads out of ${folder}`)]);
        expect(out).not.toContain("dXNlcjpodW50ZXIy");
      }
    }
  });

  test("to what is no file", async () => {
    const folder = folderOf({ "main.tf": NETWORK, ".verify.yaml": "baseline: pipe" });
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect((await verified(folder)).out).toContain(".verify.yaml names pipe, which is no regular file.");
  });

  test.each([".verify.yaml", "verify.waivers.json"])("%s itself", async (name) => {
    for (const make of [folderOf, checkout]) {
      const folder = make({ "main.tf": NETWORK });
      symlinkSync(join(home(), "config.json"), join(folder, name));
      expect(await verified(folder)).toEqual({
        code: 2,
        out: expect.stringContaining(`${name} leads out of ${folder}`),
      });
    }
  });
});

test("a link out of a folder that is no repository is refused by name", async () => {
  const folder = folderOf({ "main.tf": NETWORK });
  symlinkSync(join(home(), "config.json"), join(folder, "terraform.tfvars.json"));
  expect(await inputError(folder)).toContain(`terraform.tfvars.json leads out of ${folder}`);
});

test("a link within the repository is followed", async () => {
  const folder = checkout({ "common/network.tf": NETWORK, "staging/main.tf": "" });
  symlinkSync("../common/network.tf", join(folder, "staging", "network.tf"));
  expect((await readGraph([join(folder, "staging")])).all()).toHaveLength(1);
});

describe("modules", () => {
  const calling = (source: string): string => `module "other" {\n  source = "${source}"\n}\n${NETWORK}`;

  test("outside of the repository are not read", async () => {
    const other = join(home(), "other");
    const folder = checkout({ "main.tf": calling(other) });
    const graph = await readGraph([folder]);
    expect(graph.all()).toHaveLength(1);
    expect(graph.unread).toEqual([`module.other is outside of the repository ${folder} and was not read.`]);
  });

  test("installed outside of the repository are not read", async () => {
    const modules = { Modules: [{ Key: "other", Dir: join(home(), "other") }] };
    const folder = checkout({
      "main.tf": calling("acme/network/google"),
      ".terraform/modules/modules.json": JSON.stringify(modules),
    });
    expect((await readGraph([folder])).unread).toEqual([
      `module.other is outside of the repository ${folder} and was not read.`,
    ]);
  });

  test("below .git are not read", async () => {
    const folder = checkout({ "main.tf": calling("./.git/hooks"), ".gitkeep": "" });
    mkdirSync(join(folder, ".git", "hooks"));
    expect((await readGraph([folder])).unread).toEqual([
      expect.stringContaining("belongs to the repository's .git and was not read"),
    ]);
  });

  test("of the same repository are read", async () => {
    const folder = checkout({
      "modules/net/main.tf": NETWORK,
      "staging/main.tf": 'module "net" {\n  source = "../modules/net"\n}\n',
    });
    expect((await readGraph([join(folder, "staging")])).all()).toHaveLength(1);
  });
});

describe("file() and templatefile()", () => {
  const reading = (expression: string): string =>
    `resource "google_compute_network" "main" {\n  name = ${expression}\n}\n`;

  test.each([
    ['file(".git/config")', "belongs to the repository's .git"],
    ['file("link")', "is outside of"],
    ['file("/etc/hostname")', "is outside of"],
    ['file("../../../../etc/hostname")', "(is outside of|does not exist)"],
    ['templatefile("link", {})', "is outside of"],
    ['file("pipe")', "is no regular file"],
    ['file("missing")', "does not exist or may not be read"],
  ])("%s gives an unknown value, and says why", async (expression, reason) => {
    const folder = checkout({ "main.tf": reading(expression) }, { link: join(home(), "config.json") });
    execFileSync("mkfifo", [join(folder, "pipe")]);
    execFileSync("sh", ["-c", 'echo "[http] extraheader = x" > .git/config'], { cwd: folder });
    const graph = await readGraph([folder]);
    expect(isUnknown(graph.all()[0]?.get("name"))).toBe(true);
    expect(graph.notes).toContainEqual(expect.stringMatching(new RegExp(`value is unknown: .*${reason}`)));
  });
});

/** The kind: a function that opens no file, and nevertheless tells what is there. */
test.each([
  'tolist(fileset(".git", "**"))[0]',
  'fileexists(".git/config")',
  'tolist(fileset("git", "*"))[0]',
])("%s says nothing of the repository's .git", async (expression) => {
  const folder = checkout({
    "main.tf": `locals {\n  a = ${expression}\n}\nresource "google_compute_network" "main" {\n  name = local.a\n}\n`,
  });
  execFileSync("sh", ["-c", "echo x > .git/config; ln -s .git git"], { cwd: folder });
  const graph = await readGraph([folder]);
  expect(isUnknown(graph.all()[0]?.get("name"))).toBe(true);
  expect(graph.notes).toContainEqual(expect.stringContaining("belongs to the repository's .git"));
});

describe("what is no regular file is refused and never waited for", () => {
  test("a device", async () => {
    const folder = checkout({}, { "main.tf": "/dev/zero" });
    expect(await inputError(folder)).toContain("main.tf leads out of");
  });

  test.each(["main.tf", "terraform.tfvars", "web.yaml"])("a pipe %s", async (name) => {
    const folder = checkout(name.endsWith("vars") ? { "main.tf": NETWORK } : {});
    execFileSync("mkfifo", [join(folder, name)]);
    expect(await inputError(folder)).toMatch(/is no regular file|holds neither Terraform/);
  });

  test("a device that a person names", async () => {
    expect(await inputError("/dev/zero")).toBe("/dev/zero is neither a file nor a folder.");
  });
});
