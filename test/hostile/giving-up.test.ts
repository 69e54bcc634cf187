import { describe, expect, test } from "@jest/globals";
import { verify } from "../../commands/verify/index.ts";
import { readGraph } from "../../graph/index.ts";
import { ruleBook } from "../../rules/index.ts";
import type { Rule } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";
import { folderOf } from "../graph/support.ts";

/** Three errors, in front of which something hides them. */
const CONNECTOR = `resource "google_vpc_access_connector" "main" {
  name          = "main"
  network       = "default"
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 3
  max_instances = local.max
}
`;

async function verified(
  files: { readonly [path: string]: string },
  ...options: string[]
): Promise<{ code: number; out: string }> {
  let out = "";
  const write = (text: string): void => {
    out += text;
  };
  const run = {
    today: "2026-03-01",
    variables: {},
    colors: false,
    version: "1.2.3",
    write,
    writeError: write,
  };
  const folder = folderOf(files);
  const code = await verify([folder, ...options], { cwd: folder, ...run });
  return { code, out: out.replaceAll(folder, "") };
}

describe("what uses up the budget ends with exit code 2, and says so", () => {
  test.each([
    [
      "a comprehension",
      "locals {\n  x = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]\n  max = 15\n}\n",
    ],
    [
      "dynamic growth of texts",
      `locals {\n  t0 = "xxxxxxxxxxxxxxxx"\n${Array.from({ length: 40 }, (_, i) => `  t${i + 1} = "\${local.t${i}}\${local.t${i}}"\n`).join("")}  max = length(local.t40) > 0 ? 15 : 15\n}\n`,
    ],
    [
      "split of a huge text",
      'locals {\n  a = join("", [for i in range(1000) : "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"])\n  b = join("", [for i in range(1000) : local.a])\n  max = length(split("", local.b))\n}\n',
    ],
    [
      "setproduct",
      "locals {\n  max = length([for i in range(1000) : setproduct(range(300), range(300))])\n}\n",
    ],
    [
      "templatefile",
      'locals {\n  max = length([for i in range(1000) : templatefile("t.tpl", { i = i })])\n}\n',
    ],
    [
      "regular expressions",
      'locals {\n  a = join("", [for i in range(1000) : "aaaaaaaaaaaaaaaaaaaa"])\n  max = length(regexall("a*b|a", local.a))\n}\n',
    ],
    [
      "a large regular expression",
      `locals {\n  a = join("", [for i in range(1000) : "aaaaaaaaaa"])\n  max = length(regexall("${"(a|b)?".repeat(3_000)}", local.a))\n}\n`,
    ],
    [
      "a count of a million",
      'resource "google_compute_network" "x" {\n  count = 1000000\n  name  = "x"\n}\nlocals {\n  max = 15\n}\n',
    ],
    [
      "counts that add up",
      `${Array.from({ length: 7 }, (_, i) => `resource "google_compute_network" "x${i}" {\n  count = 9000\n  name  = "x${i}-\${count.index}"\n}\n`).join("")}locals {\n  max = 15\n}\n`,
    ],
    [
      "dynamic blocks in dynamic blocks",
      `${[300, 300, 300].reduceRight((content, count) => `dynamic "rule" {\n  for_each = range(${count})\n  content {\n${content}  }\n}\n`, "").replace(/^/, 'resource "google_compute_url_map" "x" {\n')}}\nlocals {\n  max = 15\n}\n`,
    ],
    [
      "a long chain of values",
      `locals {\n${Array.from({ length: 2_000 }, (_, i) => `  c${i} = local.c${i + 1}\n`).join("")}  c2000 = 15\n  max = local.c0\n}\n`,
    ],
  ])("%s", async (_, text) => {
    const { code, out } = await verified({ "main.tf": `${text}${CONNECTOR}`, "t.tpl": "x".repeat(900_000) });
    expect(out).toMatch(/Not checked \(\d+\)\n {2} was not evaluated to its end: /);
    expect(code).toBe(2);
  });
});

test("the catastrophic pattern of a backtracking engine takes no time", async () => {
  const text = `locals {\n  max = length(regexall("^(a+)+$", "${"a".repeat(5_000)}b")) + 15\n}\n`;
  const { code, out } = await verified({ "main.tf": `${text}${CONNECTOR}` });
  expect(out).toContain("max_instances is 15");
  expect(code).toBe(1);
});

test("rules that take too long end in one sentence", async () => {
  const graph = await readGraph([folderOf({ "main.tf": 'resource "google_compute_network" "main" {}\n' })]);
  expect(() => runRules(graph, ruleBook, -1_000)).toThrow(
    "The rules took longer than -1 s for 1 resources: verify fewer of them at a time.",
  );
});

/** The kind: one rule that runs away, which no look at the clock between two rules ends. */
test("a rule that reads without end is stopped in the middle of its work", async () => {
  const graph = await readGraph([folderOf({ "main.tf": 'resource "google_compute_network" "main" {}\n' })]);
  const endless: Rule = {
    id: "schema/endless",
    why: "",
    limit: "",
    fix: "",
    source: "",
    // biome-ignore lint/correctness/useYield: it never comes to a finding
    *check({ all }) {
      for (;;) for (const network of all.call(graph)) network.get("name");
    },
  };
  expect(() => runRules(graph, [endless], 50)).toThrow(/^The rules took longer than 0.05 s for 1 resources/);
});

/** The kind: findings that multiply, as pairs of resources do. */
test("rules that find without end are stopped", async () => {
  const graph = await readGraph([folderOf({ "main.tf": 'resource "google_compute_network" "main" {}\n' })]);
  const endless: Rule = {
    id: "schema/endless",
    why: "",
    limit: "",
    fix: "",
    source: "",
    *check({ all }) {
      const [resource] = all.call(graph);
      while (resource !== undefined) yield { resource, message: "It is wrong." };
    },
  };
  expect(() => runRules(graph, [endless])).toThrow("The rules find more than 100000 faults in 1 resources");
});

/** The kind: an input that is less than what Terraform would have made. */
test("a plan that failed was not checked to its end", async () => {
  const plan = {
    format_version: "1.2",
    errored: true,
    complete: false,
    planned_values: {},
    resource_changes: [],
  };
  const { code, out } = await verified({ "plan.json": JSON.stringify(plan) });
  expect(out).toContain("is a plan that failed, and lacks what Terraform did not come to.");
  expect(code).toBe(2);
});

describe("a value that the reader cannot evaluate is unknown by name", () => {
  test.each<[string, string, string, number?]>([
    [
      "a variable without a value",
      'variable "max" {}\nlocals {\n  max = var.max + 1\n}\n',
      "variable max has no value",
    ],
    [
      "a function of another provider",
      'locals {\n  max = provider::aws::arn_parse("a")\n}\n',
      "function provider::aws::arn_parse is not evaluated",
    ],
    [
      "a fallback of try()",
      "locals {\n  max = try(provider::aws::arn_parse(1), 5)\n}\n",
      "function provider::aws::arn_parse is not evaluated",
    ],
    [
      "the workspace",
      'locals {\n  max = terraform.workspace == "prod" ? 15 : 5\n}\n',
      "the workspace is not known",
    ],
    [
      "a missing attribute, which is an error by itself",
      "locals {\n  o   = { a = 15 }\n  max = local.o.b\n}\n",
      "there is no attribute b",
      1,
    ],
    [
      "an index out of range, which is an error by itself",
      "locals {\n  max = [15][5]\n}\n",
      "the index is out of range",
      1,
    ],
    [
      "a function that rejects its arguments",
      "locals {\n  max = upper([])\n}\n",
      "function upper does not take these arguments",
    ],
    [
      "a regular expression that RE2 rejects",
      'locals {\n  max = regex("(?=x)", "x")\n}\n',
      "function regex was not evaluated",
    ],
    ["an alias bomb of YAML", 'locals {\n  max = yamldecode(file("t.tpl")).z\n}\n', "Excessive alias count"],
    [
      "a template that renders itself",
      'locals {\n  max = templatefile("self.tpl", {})\n}\n',
      "a template may not render another",
    ],
    [
      "the time of the plan",
      'locals {\n  max = plantimestamp() == "" ? 5 : 15\n}\n',
      "plantimestamp() gives another value each time",
    ],
    [
      "what changes each time",
      'locals {\n  max = uuid() == "" ? 5 : 15\n}\n',
      "uuid() gives another value each time",
    ],
    ["a file outside", 'locals {\n  max = file("/etc/hostname")\n}\n', "the file /etc/hostname was not read"],
  ])("%s", async (_, text, reason, exitCode = 0) => {
    const bomb = Array.from({ length: 10 }, (_, i) =>
      i === 0
        ? "a0: &a0 [x,x,x,x,x,x,x,x,x]"
        : `a${i}: &a${i} [${Array(9)
            .fill(`*a${i - 1}`)
            .join(",")}]`,
    ).join("\n");
    const { code, out } = await verified({
      "main.tf": `${text}${CONNECTOR}`,
      "t.tpl": bomb,
      "self.tpl": '${templatefile("self.tpl", {})}',
    });
    expect(out).toContain(
      "input/unknown at google_vpc_access_connector.main: max_instances is not known; not checked by capacity/connector-instances and capacity/connector-throughput: ",
    );
    expect(out).toContain(reason);
    expect(out).toMatch(/\d+ checks were made, 2 could not be\. They depend on /);
    expect(code).toBe(exitCode);
  });

  test("and fails where that is asked for", async () => {
    const { code } = await verified(
      { "main.tf": `variable "max" {}\nlocals {\n  max = var.max\n}\n${CONNECTOR}` },
      "--fail-on",
      "unknown",
    );
    expect(code).toBe(1);
  });

  test("so is a number of instances", async () => {
    const text =
      'variable "names" {}\nresource "google_compute_network" "x" {\n  for_each = var.names\n  name     = each.key\n}\n';
    expect((await verified({ "main.tf": text })).out).toContain("variable names");
  });
});

describe("what was not understood, or was dropped, ends with exit code 2", () => {
  test.each([
    [
      "250 parentheses",
      { "main.tf": `locals {\n  max = ${"(".repeat(250)}15${")".repeat(250)}\n}\n${CONNECTOR}` },
      "nested too deeply",
    ],
    [
      "250 brackets",
      { "main.tf": `locals {\n  max = flatten(${"[".repeat(250)}15${"]".repeat(250)})[0]\n}\n${CONNECTOR}` },
      "nested too deeply",
    ],
    [
      "one address twice",
      { "a.tf": CONNECTOR.replace("local.max", "5"), "b.tf": CONNECTOR.replace("local.max", "15") },
      "is defined in a.tf:1 and again in b.tf:1; rejected at plan",
    ],
    [
      "one key of JSON twice",
      {
        "main.tf.json": '{\n"resource": {"google_compute_network": {"a": {"name": "a"}}},\n"resource": {}\n}',
      },
      'main.tf.json, line 3, has the key "resource" a second time',
    ],
    [
      "one key of JSON twice, spelled differently",
      { "main.tf.json": '{\n"resource": {"google_compute_network": {}},\n"\\u0072esource": {}\n}' },
      'main.tf.json, line 3, has the key "resource" a second time',
    ],
    [
      "one key of a plan twice",
      {
        "plan.json":
          '{"format_version": "1.2", "planned_values": {"root_module": {}},\n"resource_changes": [1],\n"resource_changes": []}',
      },
      'plan.json, line 3, has the key "resource_changes" a second time',
    ],
    [
      "a block that Terraform does not know",
      { "main.tf": CONNECTOR.replace("resource", "Resource") },
      "main.tf has the block Resource; rejected at plan",
    ],
    [
      "a block without its labels",
      { "main.tf": CONNECTOR.replace(' "main" {', " {") },
      "main.tf has resource without its 2 labels and a body; rejected at plan",
    ],
    [
      "a text in place of a block",
      { "main.tf.json": '{"resource": "google_compute_network"}' },
      "main.tf.json has resource without its 2 labels and a body; rejected at plan",
    ],
  ])("%s", async (_, files: { readonly [path: string]: string }, sentence) => {
    const { code, out } = await verified(files);
    expect(out).toContain(sentence);
    expect(code).toBe(2);
  });
});

/** The kind: what Terraform rejects as a whole, so that no attribute of a resource shows it. */
describe("what Terraform rejects of a configuration as a whole is an error, in every form", () => {
  test.each([
    [
      "a negative count",
      { "main.tf": CONNECTOR.replace("{\n", "{\n  count = -1\n") },
      "count is -1; rejected at plan: it must be a whole number from 0 on.",
    ],
    [
      "count next to for_each",
      { "main.tf": CONNECTOR.replace("{\n", "{\n  count = 0\n  for_each = {}\n") },
      "count and for_each are both set; rejected at plan: only one of them can be.",
    ],
    [
      "for_each over a list",
      { "main.tf": CONNECTOR.replace("{\n", '{\n  for_each = ["a"]\n') },
      "for_each is a list; rejected at plan: it must be a map or a set of texts.",
    ],
    [
      "an output of an ephemeral value",
      {
        "main.tf": `${CONNECTOR}\nephemeral "random_password" "db" {\n  length = 20\n}\noutput "db" {\n  value = ephemeral.random_password.db.result\n}\n`,
      },
      "output db has a value of ephemeral.random_password.db; rejected at plan: the state would keep it.",
    ],
    [
      "an import into nothing",
      { "main.tf": `${CONNECTOR}\nimport {\n  to = google_redis_instance.cache\n  id = "x"\n}\n` },
      "import has to = google_redis_instance.cache, of which nothing is declared; rejected at plan",
    ],
    [
      "a configuration of a provider that nobody writes",
      { "main.tf": CONNECTOR.replace("{\n", "{\n  provider = google.us\n") },
      "provider is google.us; rejected at plan: no provider block has that alias.",
    ],
  ])("%s", async (_, files: { readonly [path: string]: string }, sentence) => {
    const { code, out } = await verified(files);
    expect(out).toContain(sentence);
    expect(out).toContain("input/rejected");
    expect(code).toBe(1);
  });
});

describe("reading nothing ends with exit code 2, and says so", () => {
  test.each([
    ["a module without resources", { "main.tf": 'variable "x" {}\n' }, "No resource was found in ."],
    [
      "modules that are not read",
      { "main.tf": 'module "net" {\n  source = "acme/network/google"\n}\n' },
      "No resource was found in .",
    ],
    [
      "templates of YAML",
      { "web.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Values.name }} }\n" },
      "No resource was found in .",
    ],
    ["an empty cdktf.out", { "manifest.json": '{"stacks": {}}' }, "holds no stack"],
  ])("%s", async (_, files, sentence) => {
    const { code, out } = await verified(files);
    expect(out).toContain(sentence);
    expect(code).toBe(2);
  });
});

test("20,000 keys of a ConfigMap are read, and a key that occurs twice is named", async () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `  key${i}: value\n`).join("");
  const map = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n${keys}`;
  expect((await verified({ "map.yaml": map })).code).toBe(0);
  const { code, out } = await verified({ "map.yaml": `${map}  key7: other\n` });
  expect(out).toContain("map.yaml, line 20006, is not YAML: the key key7 occurs twice.");
  expect(code).toBe(2);
});

test("300,000 spaces where names are read take no time", async () => {
  const spaces = " ".repeat(300_000);
  const json = {
    resource: {
      google_compute_network: {
        main: { name: "a", depends_on: [`${spaces}x`], lifecycle: { ignore_changes: [`${spaces}x`] } },
      },
    },
  };
  expect((await verified({ "main.tf.json": JSON.stringify(json) })).code).toBe(0);
});
