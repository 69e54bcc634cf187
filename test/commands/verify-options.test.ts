import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { verify } from "../../commands/verify/index.ts";
import { folderOf } from "../graph/support.ts";

const NETWORK = 'resource "google_compute_network" "main" {\n  name = "Wrong_Name"\n}\n';
const CONNECTOR =
  'resource "google_vpc_access_connector" "main" {\n  name          = "main"\n  network       = "default"\n  ip_cidr_range = "10.1.0.0/28"\n  min_instances = 3\n  max_instances = 15\n}\n';

interface Result {
  readonly code: number;
  readonly out: string;
  readonly folder: string;
}

async function run(
  files: { readonly [path: string]: string },
  args: readonly string[] = [],
  folder: string = folderOf(files),
): Promise<Result> {
  let out = "";
  const write = (text: string): void => {
    out += text;
  };
  const context = { today: "2026-03-01", variables: {}, colors: false, version: "1.2.3" };
  const code = await verify(
    [".", ...args].map((arg) => (arg === "." ? folder : arg)),
    {
      ...context,
      cwd: folder,
      write,
      writeError: write,
    },
  );
  return { code, out, folder };
}

describe("a choice of rules", () => {
  test("runs one family alone, and says so", async () => {
    const { code, out } = await run({ "main.tf": NETWORK + CONNECTOR }, ["--rule", "capacity"]);
    expect(out).toContain("max_instances is 15");
    expect(out).not.toContain("Wrong_Name");
    expect(out).toContain("Only these rules were asked for: capacity.");
    expect(code).toBe(1);
  });

  test("skips one, and says so", async () => {
    const { code, out } = await run({ "main.tf": NETWORK }, ["--skip", "address/name"]);
    expect(out).toContain("These rules were skipped: address/name.");
    expect(code).toBe(0);
  });

  test("names the nearest where there is no such rule", async () => {
    const { code, out } = await run({ "main.tf": NETWORK }, ["--skip", "adress/name"]);
    expect(out).toContain('There is no rule "adress/name": did you mean "address/name"?');
    expect(code).toBe(2);
  });
});

describe("a baseline", () => {
  test("sets aside what it knows, and nothing that is new or worse", async () => {
    const { out, folder } = await run({ "main.tf": NETWORK }, ["--format", "json"]);
    writeFileSync(path.join(folder, "baseline.json"), out);
    const known = await run({}, ["--baseline", "baseline.json"], folder);
    expect(known.out).toContain("1 findings of the baseline baseline.json do not count.");
    expect(known.code).toBe(0);
    const sarif = await run({}, ["--baseline", "baseline.json", "--format", "sarif"], folder);
    expect(JSON.parse(sarif.out).runs[0].results).toMatchObject([
      { ruleId: "address/name", suppressions: [{ status: "accepted", justification: "in the baseline" }] },
    ]);
    writeFileSync(path.join(folder, "main.tf"), NETWORK + CONNECTOR);
    const more = await run({}, ["--baseline", "baseline.json"], folder);
    expect(more.out).toContain("max_instances is 15");
    expect(more.out).not.toContain("Wrong_Name");
    expect(more.code).toBe(1);
    writeFileSync(path.join(folder, "main.tf"), NETWORK.replace("Wrong_Name", "right"));
    expect((await run({}, ["--baseline", "baseline.json"], folder)).out).toContain(
      "1 findings of the baseline baseline.json are fixed",
    );
  });

  test("is a report, or refused", async () => {
    const { code, out } = await run({ "main.tf": NETWORK, "b.json": "{}" }, ["--baseline", "b.json"]);
    expect(out).toContain("b.json is no report: write the baseline with --format json > b.json.");
    expect(code).toBe(2);
  });
});

describe(".verify.yaml", () => {
  test("holds options of a folder", async () => {
    const { code, out } = await run({ "main.tf": NETWORK, ".verify.yaml": "skip: [address/name]\n" });
    expect(out).toContain("These rules were skipped: address/name.");
    expect(code).toBe(0);
  });

  test("decides nothing that the report does not name", async () => {
    const { out } = await run({
      "main.tf": NETWORK,
      "prod.tfvars": 'a = "1"\n',
      ".verify.yaml": "external: ['network:shared']\nvar-file: [prod.tfvars]\ncomplete: true\n",
      "verify.waivers.json": '{"external": ["network:other"]}',
    });
    expect(out).toContain(".verify.yaml says that these exist elsewhere: network:shared.");
    expect(out).toContain(".verify.yaml says that what is not defined here does not exist.");
    expect(out).toContain(".verify.yaml takes values of variables from prod.tfvars.");
    expect(out).toContain("verify.waivers.json says that these exist elsewhere: network:other.");
  });

  test.each([
    ["rules: ./mine\n", 'has "rules": rules of your own run code, and are given on the command line only'],
    ["skipp: []\n", 'has "skipp": known are fail-on'],
    ["skip: all\n", '"skip" is not a list of texts'],
    ["fail-on: never\n", '"fail-on" is error, warning, unknown, and not "never"'],
    ["a: [\n", "is not YAML: "],
  ])("%j is refused", async (text, sentence) => {
    const { code, out } = await run({ "main.tf": NETWORK, ".verify.yaml": text });
    expect(out).toContain(sentence);
    expect(code).toBe(2);
  });
});

describe("a comment sets a finding aside", () => {
  const ignoring = (comment: string): string => `# ${comment}\n${NETWORK}`;
  const IGNORE = "verify:ignore address/name until 2026-12-31: an old name";

  test.each([
    ["above the resource", ignoring(IGNORE)],
    ["in the resource", NETWORK.replace("{\n", `{\n  // ${IGNORE}\n`)],
    ["behind an attribute", NETWORK.replace('"Wrong_Name"', `"Wrong_Name" # ${IGNORE}`)],
    ["behind the first line", NETWORK.replace("{\n", `{ // ${IGNORE}\n`)],
    [
      "behind the last line, with another resource below",
      `${NETWORK.trimEnd()} # ${IGNORE}\n${NETWORK.replace("main", "other").replace("Wrong_Name", "other")}`,
    ],
    ["between the ends of a comment", `/* ${IGNORE} */\n${NETWORK}`],
    ["in a comment of several lines", `/*\n * The old network.\n * ${IGNORE}\n *\n */\n${NETWORK}`],
    ["in one without stars", `/* The old network.\n${IGNORE}\n  and more */\n\n${NETWORK}`],
    ["in one behind an attribute", NETWORK.replace('"Wrong_Name"', `"Wrong_Name" /* ${IGNORE} */`)],
    [
      "of each instance",
      ignoring(IGNORE).replace("{\n", "{\n  count = 2\n").replace("Wrong_Name", "Wrong_Name${count.index}"),
    ],
  ])("%s, and is shown", async (_, text) => {
    const { code, out } = await run({ "main.tf": text });
    expect(out).toMatch(
      /Waived \(\d\)\n {2}address\/name at google_compute_network\.main\S* until 2026-12-31: an old name/,
    );
    expect(code).toBe(0);
  });

  test("in JSON is refused, because it would do nothing", async () => {
    const network = { "//": IGNORE, name: "Wrong_Name" };
    const { code, out } = await run({
      "main.tf.json": JSON.stringify({ resource: { google_compute_network: { main: network } } }),
    });
    expect(out).toContain(
      "main.tf.json has verify:ignore in JSON, which has no comments: write the waiver into",
    );
    expect(code).toBe(2);
  });

  test("in a text is none", async () => {
    const texts = `  description = "a \\" # ${IGNORE}"\n`;
    const { code, out } = await run({ "main.tf": NETWORK.replace("{\n", `{\n${texts}`) });
    expect(out).not.toContain("Waived");
    expect(code).toBe(1);
  });

  test("of another resource does not", async () => {
    const { code, out } = await run({ "main.tf": `${NETWORK}\n# ${IGNORE}\n${CONNECTOR}` });
    expect(out).toContain("The waiver of address/name until 2026-12-31 covers nothing");
    expect(code).toBe(1);
  });

  test.each([
    ["verify:ignore address/name", "line 1, is not written as"],
    ["verify:ignore address/nam until 2026-12-31: x", 'did you mean "address/name"?'],
    ["verify:ignore address/name until 2026-02-30: x", 'has no "expires" date'],
    ["verify:ignore address/name until 2026-12-31:", 'gives no "reason"'],
    ["verify:ignore address/name until 2027-03-02: x", "a waiver lasts a year at most, until 2027-03-01"],
  ])("%j is refused", async (comment, sentence) => {
    const { code, out } = await run({ "main.tf": ignoring(comment) });
    expect(out).toContain(sentence);
    expect(code).toBe(2);
  });
});

test("a waiver in the verified folder lasts a year at most, and is shown, in SARIF as suppressed", async () => {
  const waiver = {
    rule: "address/name",
    address: "google_compute_network.main",
    reason: "r",
    expires: "2027-03-01",
  };
  const files = (expires: string) => ({
    "main.tf": NETWORK,
    "verify.waivers.json": JSON.stringify({ waivers: [{ ...waiver, expires }] }),
  });
  expect((await run(files("2027-03-02"))).out).toContain("a waiver lasts a year at most, until 2027-03-01");
  const { code, out } = await run(files("2027-03-01"), ["--format", "sarif"]);
  expect(out).toMatch(
    /"suppressions": \[\s+\{\s+"kind": "external",\s+"status": "accepted",\s+"justification": "r \(until 2027-03-01\)"/,
  );
  expect(code).toBe(0);
});

describe("rules of a team", () => {
  const RULE = `exports.labels = {
  id: "acme/labels", why: "w", limit: "l", fix: "Set labels.team.", source: "https://acme.example",
  *check(graph) {
    for (const resource of graph.all()) if (resource.get("labels.team") === undefined)
      yield { resource, message: "labels.team is not set; rejected at plan: acme bills by team." };
  },
};
`;

  test("are run from a folder that the command line names", async () => {
    const { code, out } = await run({ "main.tf": CONNECTOR.replace("15", "10"), "mine/labels.cjs": RULE }, [
      "--rules",
      "mine",
      "--rule",
      "acme",
    ]);
    expect(out).toContain("labels.team is not set; rejected at plan: acme bills by team.");
    expect(code).toBe(1);
  });

  test.each([
    [{ "mine/a.cjs": "exports.x = 1;\n" }, "mine/a.cjs exports no rule"],
    [{ "mine/a.txt": "" }, "The folder mine has no rule"],
    [{}, "The folder of rules mine does not exist."],
    [
      { "mine/a.cjs": RULE.replace("acme/labels", "address/name") },
      "The rule address/name of mine exists already",
    ],
  ])("%j are refused", async (files, sentence) => {
    const { code, out } = await run({ "main.tf": NETWORK, ...files }, ["--rules", "mine"]);
    expect(out).toContain(sentence);
    expect(code).toBe(2);
  });
});

describe("formats of CI systems", () => {
  test("JUnit, with what would be markup escaped", async () => {
    const { code, out } = await run({ "main.tf": NETWORK.replace("Wrong_Name", "Wrong&Name") }, [
      "--format",
      "junit",
    ]);
    expect(out).toContain('<testsuite name="address/name" tests="1" failures="1">');
    expect(out).toContain('<failure type="error" message="the name &#34;Wrong&#38;Name&#34; is');
    expect(out).toContain(">main.tf:1</failure>");
    expect(code).toBe(1);
  });

  test("GitLab Code Quality", async () => {
    const { out } = await run({ "main.tf": NETWORK }, ["--format", "gitlab"]);
    expect(JSON.parse(out)).toEqual([
      {
        description: expect.stringContaining("google_compute_network.main: the name "),
        check_name: "address/name",
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}:1$/),
        severity: "critical",
        location: { path: "main.tf", lines: { begin: 1 } },
      },
      expect.objectContaining({
        description: expect.stringContaining("No version of the provider"),
        severity: "info",
      }),
    ]);
  });
});

test("the pre-commit hook calls the program that the package has", () => {
  const [hook] = parse(readFileSync(".pre-commit-hooks.yaml", "utf8")) as { entry: string; files: string }[];
  const { bin } = JSON.parse(readFileSync("package.json", "utf8")) as { bin: object };
  expect(Object.keys(bin)).toContain(hook?.entry);
  expect(
    [
      ...[
        "a/main.tf",
        "b.tf.json",
        "x.tofu",
        "web.yaml",
        "prod.tfvars",
        "a.tfvars.json",
        "verify.waivers.json",
      ],
      // What the configuration reads decides as well.
      ...["services.json", "users.csv", "init.tftpl", "a/.terraform.lock.hcl", ".verify.yaml"],
    ].filter((name) => !new RegExp(hook?.files ?? "").test(name)),
  ).toEqual([]);
});
