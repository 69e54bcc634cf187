import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Graph, readGraph } from "../../graph/index.ts";
import { folderOf, inputError } from "./support.ts";

const NETWORK = 'resource "google_compute_network" "main" {\n  name = "main"\n}\n';

function addresses(graph: Graph): string[] {
  return graph.all().map(({ address }) => address);
}

describe("what hides resources is an error", () => {
  test("a cdktf.out without stacks", async () => {
    const folder = folderOf({ "manifest.json": '{"version": "0.21.0", "stacks": {}}' });
    expect(await inputError(folder)).toBe(
      `${folder} holds no stack: its manifest.json is empty. Run \`cdktf synth\` again.`,
    );
  });

  test("a state or plan with a resource that has no address", async () => {
    const state = { format_version: "1.0", values: { root_module: { resources: [{ type: "google_x" }] } } };
    const path = join(folderOf({ "state.json": JSON.stringify(state) }), "state.json");
    expect(await inputError(path)).toBe(
      `${path} is damaged: a resource in it has no address, type or name. Write it again with \`terraform show -json\`.`,
    );
  });

  test("a unit of Terragrunt, with what to verify in its place", async () => {
    const folder = folderOf({ "terragrunt.hcl": 'terraform {\n  source = "../module"\n}\n' });
    expect(await inputError(folder)).toContain("verify what `terragrunt show -json plan.bin` prints");
  });
});

test("a manifest.json next to Terraform is not taken for that of cdktf", async () => {
  const graph = await readGraph([folderOf({ "main.tf": NETWORK, "manifest.json": '{"stacks": {}}' })]);
  expect(addresses(graph)).toEqual(["google_compute_network.main"]);
});

test("Kubernetes objects that Terraform next to them hides are named", async () => {
  const folder = folderOf({
    "main.tf": NETWORK,
    "web.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n",
    "values.yaml": "a: 1\n",
  });
  expect((await readGraph([folder])).notes).toContain(
    `${folder} holds Kubernetes objects next to Terraform, which were not read: verify web.yaml by name.`,
  );
});

describe("what one kind of input hides is named", () => {
  const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";
  const STACK = JSON.stringify({ resource: { google_compute_network: { main: { name: "main" } } } });
  const MANIFEST = JSON.stringify({ stacks: { a: { synthesizedStackPath: "stacks/a/cdk.tf.json" } } });
  const hidden = async (files: { readonly [path: string]: string }): Promise<string[]> => {
    const folder = folderOf(files);
    const { notes, unread, gaveUp } = await readGraph([folder]);
    return [...notes, ...unread, ...gaveUp].map((sentence) => sentence.replaceAll(folder, "."));
  };

  test.each([
    [
      "Kubernetes objects next to a plan",
      { "network.json": STACK, "web.yaml": SERVICE },
      ". holds Kubernetes objects next to Terraform in JSON, which were not read: verify web.yaml by name.",
    ],
    [
      "Kubernetes objects next to stacks",
      { "manifest.json": MANIFEST, "stacks/a/cdk.tf.json": STACK, "web.yaml": SERVICE },
      ". holds Kubernetes objects next to stacks of cdktf, which were not read: verify web.yaml by name.",
    ],
    [
      "stacks next to Terraform",
      { "main.tf": NETWORK, "manifest.json": MANIFEST, "stacks/a/cdk.tf.json": STACK },
      ". holds stacks of cdktf next to Terraform, which were not read: verify manifest.json by name.",
    ],
    [
      "the output of cdktf next to Terraform",
      { "main.tf": NETWORK, "cdktf.json": "{}", "cdktf.out/manifest.json": MANIFEST },
      ". holds stacks of cdktf next to Terraform, which were not read: verify cdktf.out by name.",
    ],
    [
      "a stack that the manifest does not name",
      { "manifest.json": MANIFEST, "stacks/a/cdk.tf.json": STACK, "stacks/b/cdk.tf.json": STACK },
      "./stacks/b/cdk.tf.json was not read: manifest.json names no such stack.",
    ],
    [
      "Terraform next to a stack",
      { "manifest.json": MANIFEST, "stacks/a/cdk.tf.json": STACK, "stacks/a/more.tf": NETWORK },
      "./stacks/a/more.tf was not read, and Terraform applies it with the stack: cdktf did not write it.",
    ],
    [
      "Terraform below Kubernetes objects",
      { "web.yaml": SERVICE, "infra/main.tf": NETWORK },
      ". holds Terraform below Kubernetes objects, which was not read: verify infra by name.",
    ],
    [
      "YAML that is no Kubernetes object",
      {
        "web.yaml": `${SERVICE}---\nkind: Gateway\nmetadata: { name: web }\n---\n# nothing\n`,
        "values.yaml": "a: 1\n",
        "kustomization.yaml": "resources: [web.yaml]\n",
      },
      "Not a Kubernetes object, and not checked: values.yaml:1, web.yaml:5 (kind Gateway without apiVersion).",
    ],
    [
      "an item of a list that is none",
      {
        "web.yaml":
          "apiVersion: v1\nkind: List\nitems:\n  - kind: Gateway\n  - { apiVersion: v1, kind: Service, metadata: { name: web } }\n",
      },
      "Not a Kubernetes object, and not checked: web.yaml:1 (kind Gateway without apiVersion).",
    ],
  ])("%s", async (_, files: { readonly [path: string]: string }, sentence) => {
    expect(await hidden(files)).toContain(sentence);
  });

  test("and nothing is said of what is whole", async () => {
    const copied = { "stacks/a/assets/m/main.tf": NETWORK, ".terraform/modules/m/main.tf": NETWORK };
    const whole = { "manifest.json": MANIFEST, "stacks/a/cdk.tf.json": STACK, ...copied };
    const reported = [...(await hidden(whole)), ...(await hidden({ "web.yaml": SERVICE }))];
    expect(reported.filter((sentence) => /not (read|checked)/.test(sentence))).toEqual([]);
  });

  test("an object that calls itself a definition of kinds as well", async () => {
    const twice = `kind: CustomResourceDefinition\n${SERVICE}`;
    expect(await inputError(folderOf({ "web.yaml": twice }))).toContain("the key kind occurs twice");
  });
});

test("resources below any depth of modules of a state are read", async () => {
  const network = { address: "x", mode: "managed", type: "google_compute_network", name: "x", values: {} };
  let module: object = { resources: [network] };
  for (let depth = 0; depth < 150; depth++) module = { child_modules: [module] };
  const state = JSON.stringify({ format_version: "1.0", values: { root_module: module } });
  const graph = await readGraph([join(folderOf({ "state.json": state }), "state.json")]);
  expect(addresses(graph)).toEqual(["x"]);
});

test("an input without resources is named", async () => {
  const folder = folderOf({ "main.tf": 'variable "x" {}\n' });
  const graph = await readGraph([folder]);
  expect(graph.notes).toEqual([`${folder} defines no resource: nothing in it was checked.`]);
});

describe("what a module defines twice is named", () => {
  test.each([
    [NETWORK, "google_compute_network.main", "a.tf:1", "b.tf:1"],
    ['data "google_project" "main" {}\n', "data.google_project.main", "a.tf:1", "b.tf:1"],
    ['variable "x" {}\n', "variable x", "a.tf", "b.tf"],
    ['output "x" {\n  value = 1\n}\n', "output x", "a.tf", "b.tf"],
    ["locals {\n  x = 1\n}\n", "local x", "a.tf", "b.tf"],
    ['module "x" {\n  source = "./x"\n}\n', "module x", "a.tf", "b.tf"],
  ])("%j", async (text, what, first, second) => {
    const graph = await readGraph([folderOf({ "a.tf": text, "b.tf": text, "x/main.tf": NETWORK })]);
    expect(graph.gaveUp).toEqual([
      `${what} is defined in ${first} and again in ${second}; rejected at plan: a module defines each name once. Only the first was read.`,
    ]);
  });

  test("but not what an override file replaces", async () => {
    const graph = await readGraph([
      folderOf({ "main.tf": NETWORK, "main_override.tf": NETWORK.replace('"main"\n', '"other"\n') }),
    ]);
    expect(graph.unread).toEqual([]);
    expect(graph.all()[0]?.get("name")).toBe("other");
  });
});

test("a path given twice is read once", async () => {
  const folder = folderOf({ "main.tf": NETWORK });
  expect(addresses(await readGraph([folder, `${folder}/`, join(folder, ".")]))).toEqual([
    "google_compute_network.main",
  ]);
});

describe("OpenTofu", () => {
  test("reads main.tofu in place of main.tf", async () => {
    const folder = folderOf({
      "main.tf": NETWORK,
      "main.tofu": NETWORK.replace('name = "main"', 'name = "tofu"'),
    });
    const graph = await readGraph([folder]);
    expect(graph.all().map((resource) => resource.get("name"))).toEqual(["tofu"]);
    expect(graph.notes).toContain(`${folder}/main.tofu was read in place of main.tf, as OpenTofu does.`);
  });

  test("leaves out what is not enabled, and keeps what may be", async () => {
    const enabled = (name: string, value: string) =>
      `resource "google_compute_network" "${name}" {\n  name = "${name}"\n  lifecycle {\n    enabled = ${value}\n  }\n}\n`;
    const graph = await readGraph([
      folderOf({
        "main.tf": [
          'variable "x" {}',
          enabled("on", "true"),
          enabled("off", "1 > 2"),
          enabled("maybe", "var.x"),
          'resource "google_compute_subnetwork" "of" {\n  name = "of"\n  network = google_compute_network.off\n}',
        ].join("\n"),
      }),
    ]);
    expect(addresses(graph)).toEqual([
      "google_compute_network.on",
      "google_compute_network.maybe",
      "google_compute_subnetwork.of",
    ]);
    expect(graph.at("google_compute_subnetwork.of")?.get("network")).toBeUndefined();
  });
});

test("expressions that are too large to evaluate are named", async () => {
  const lines = Array.from({ length: 9 }, (_, i) => `  l${i + 1} = [for a in local.l${i} : local.l${i}]`);
  const folder = folderOf({
    "main.tf": `locals {\n  l0 = range(20)\n${lines.join("\n")}\n}\n${NETWORK.replace('"main"\n}', "jsonencode([for a in local.l5 : [for b in local.l5 : [for c in local.l5 : c]]])\n}")}`,
  });
  const graph = await readGraph([folder]);
  expect(graph.gaveUp.join()).toContain("its expressions multiply each other");
});

describe("values that Terraform knows and the reader does not are named", () => {
  const named = async (name: string, more = ""): Promise<readonly string[]> =>
    (await readGraph([folderOf({ "main.tf": `${more}${NETWORK.replace('"main"\n', `${name}\n`)}` })])).notes;

  test("of functions that are not evaluated", async () => {
    expect(await named('provider::aws::arn_parse("a")')).toContain(
      "Function provider::aws::arn_parse is not evaluated: what is made with it is unknown and was not checked.",
    );
  });

  test("of functions that cannot be evaluated with their arguments", async () => {
    expect(await named('regex("(?=x)", "x")')).toContainEqual(
      expect.stringMatching(/^Function regex was not evaluated, and what is made with it is unknown: /),
    );
  });

  test("of expressions that are nested too deeply", async () => {
    const name = `\${${"(".repeat(250)}true${")".repeat(250)}}`;
    const json = JSON.stringify({ resource: { google_compute_network: { main: { name } } } });
    const { gaveUp } = await readGraph([folderOf({ "main.tf.json": json })]);
    expect(gaveUp).toEqual([
      expect.stringMatching(
        /was not evaluated to its end: the expression "\$\{\(+\.\.\." was not understood: .*nested too deeply at character \d+\./,
      ),
    ]);
  });

  test("of variables without a value", async () => {
    expect(await named("var.net", 'variable "net" {}\n')).toContainEqual(
      expect.stringMatching(
        /uses variables without a value \(net\): what depends on them was not checked\. Give values with --var-file or --var net=VALUE\.$/,
      ),
    );
  });
});

/** The kind of fault: what an apply does besides changing resources is dropped, and nobody hears of it. */
test.each<[key: string, value: unknown, sentence: string]>([
  ["complete", false, "plan.json is a plan of a part only, and may lack resources."],
  [
    "deferred_changes",
    [{ reason: "unknown" }],
    "plan.json is a plan of a part only, and may lack resources.",
  ],
  [
    "action_invocations",
    [{ address: "action.google_x.a" }],
    "plan.json runs actions of a provider when it is applied, which were not checked.",
  ],
  [
    "deferred_action_invocations",
    { in: "another shape" },
    "plan.json runs actions of a provider when it is applied, which were not checked.",
  ],
])("a plan with %s says so", async (key, value, sentence) => {
  const plan = { format_version: "1.2", planned_values: { root_module: {} }, resource_changes: [] };
  const unread = async (json: object): Promise<string[]> => {
    const folder = folderOf({ "plan.json": JSON.stringify(json) });
    const graph = await readGraph([join(folder, "plan.json")]);
    return graph.unread.map((line) => line.replace(`${folder}/`, ""));
  };
  expect(await unread({ ...plan, [key]: value })).toEqual([sentence]);
  expect(await unread({ ...plan, [key]: key === "complete" ? true : [] })).toEqual([]);
});
