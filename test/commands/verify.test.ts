import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type RunOptions, verify } from "../../commands/verify/index.ts";

const ESCAPE = "\u001b";
let folder = "";

/** A proxy without an SSL policy is advice; a connector maximum above 10 is refused. */
const advice = {
  google_compute_target_https_proxy: { web: { name: "web", url_map: "web", ssl_certificates: ["web"] } },
};
const versions = { google: { source: "hashicorp/google", version: "6.50.0" } };
const fine = { google_compute_network: { main: { name: "main", auto_create_subnetworks: false } } };
const connector = `resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_vpc_access_connector" "main" {
  name          = "main"
  network       = google_compute_network.main.name
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 3
  max_instances = 15
}
`;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "verify-"));
  write("fine/main.tf.json", JSON.stringify({ terraform: { required_providers: versions }, resource: fine }));
  write("advice/main.tf.json", JSON.stringify({ resource: advice }));
  write("infra/main.tf", connector);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(args: readonly string[], of: Partial<RunOptions> = {}): Promise<Run> {
  const said = { out: "", err: "" };
  const code = await verify(args, {
    cwd: folder,
    today: "2026-03-01",
    variables: {},
    colors: false,
    version: "1.2.3",
    write: (text) => {
      said.out += text;
    },
    writeError: (text) => {
      said.err += text;
    },
    ...of,
  });
  return { code, ...said };
}

const at = (name: string): string => path.join(folder, name);

interface Json {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly address: string;
  }[];
  readonly resources: number;
}

const inBrief = ({ out }: Run): readonly string[] =>
  (JSON.parse(out) as Json).findings.map(({ rule, severity, address }) => `${severity} ${rule} ${address}`);

describe("exit codes", () => {
  test("0 where nothing is found, with a note where no provider version is stated", async () => {
    write("versionless/main.tf.json", JSON.stringify({ resource: fine }));
    const { code, out } = await run([at("versionless")]);
    expect(code).toBe(0);
    expect(out).toContain(
      `Notes (1)\n  No version of the provider hashicorp/google is stated in ${at("versionless")}: it was checked against 8.0.0`,
    );
  });

  test("0 where nothing is found", async () => {
    const { code, out, err } = await run([at("fine/main.tf.json")]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const checks = /\n(\d+) checks were made\./.exec(out)?.[1];
    expect(out).toBe(
      `Reading ${at("fine/main.tf.json")} ...\n\nNothing found.\n${checks} checks were made.\nRead 1 resource of ${at("fine/main.tf.json")}.\n`,
    );
  });

  test("1 on an error", async () => {
    const { code, out } = await run([at("infra")]);
    expect(code).toBe(1);
    expect(out).toContain("max_instances");
    expect(out).toContain("  google_vpc_access_connector.main  infra/main.tf:6\n");
  });

  test("a warning is 0, and 1 with --fail-on warning", async () => {
    expect((await run([at("advice/main.tf.json")])).code).toBe(0);
    expect((await run([at("advice/main.tf.json"), "--fail-on", "warning"])).code).toBe(1);
  });

  test.each([
    [["--formt", "json"], "Unknown option '--formt' (Did you mean --format?) See --help.\n"],
    [
      ["--format", "xml"],
      "Option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif, markdown, html, junit, gitlab. See --help.\n",
    ],
    [["--explain"], "Option '--explain <RULE>' argument missing. See --help.\n"],
    [
      ["x", "--external", "shared"],
      '--external takes KIND:NAME, for example network:shared, and not "shared".\n',
    ],
    [["--explain", "edge/redirct"], 'There is no rule "edge/redirct": did you mean "edge/redirect"?\n'],
    [["nowhere.tf"], "nowhere.tf does not exist.\n"],
    [
      [],
      "Name what to verify: a folder of Terraform or Kubernetes YAML, a cdktf.out, a plan or a state. See --help.\n",
    ],
  ])("2 and one sentence for %j", async (args, sentence) => {
    const { code, err } = await run(args);
    expect({ code, err }).toEqual({ code: 2, err: sentence });
  });

  test("2 and no output in JSON for what cannot be read", async () => {
    write("cut.json", '{"format_version":"1.2","planned_values":{');
    const { code, out, err } = await run([at("cut.json"), "--format", "json"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^\S+cut\.json, line 1, is not JSON: it ends too early\.\n$/);
  });

  test("2 without a stack trace where the verifier itself fails", async () => {
    const ownProject = (): never => {
      throw new TypeError("x is undefined\n    at y");
    };
    expect(await run(["--format", "json"], { ownProject })).toEqual({
      code: 2,
      out: "",
      err: "The verifier itself failed (TypeError: x is undefined): please report it together with the input.\n",
    });
  });
});

describe("formats", () => {
  test("JSON has the findings and the number of resources", async () => {
    const { out } = await run([at("infra"), "--format", "json"]);
    const json = JSON.parse(out) as Json;
    expect(json.resources).toBe(2);
    expect(json.findings[0]).toEqual(
      expect.objectContaining({ severity: "error", address: "google_vpc_access_connector.main", path: null }),
    );
  });

  test("SARIF names the file from the current folder, and the line", async () => {
    const { out } = await run([at("infra"), "--format", "sarif"]);
    expect(out).toContain('"uri": "infra/main.tf"');
    expect(out).toContain('"startLine": 6');
  });

  test("Markdown begins with the totals", async () => {
    expect((await run([at("infra"), "--format", "markdown"])).out).toMatch(/^## ❌ \d+ errors?/);
  });

  test("colour only where the options have it", async () => {
    expect((await run([at("infra")])).out).not.toContain(ESCAPE);
    expect((await run([at("infra")], { colors: true })).out).toContain(ESCAPE);
  });

  test("--explain and --help print and are fine", async () => {
    const explained = await run(["--explain", "edge/redirect"]);
    expect(explained.code).toBe(0);
    expect(explained.out).toMatch(/^edge\/redirect\n\nWhy /);
    const help = await run(["--help"]);
    expect(help.code).toBe(0);
    expect(help.out).toContain(
      "Exit codes: 0 nothing found, 1 findings of the chosen severity, 2 usage error",
    );
  });
});

describe("several subjects", () => {
  test("without a path the own project is verified", async () => {
    const { graphOf } = await import("../rules/support.ts");
    const ownProject = async () => [
      {
        inputs: ["environment staging"],
        graph: graphOf(advice),
        waivers: [],
        sourceLocation: () => "environments/staging.ts",
      },
      {
        inputs: ["environment production"],
        graph: graphOf(fine),
        waivers: [],
        sourceLocation: () => "environments/production.ts",
      },
    ];
    const { code, out } = await run([], { ownProject });
    expect(code).toBe(0);
    expect(out).toMatch(/^Reading this project \.\.\.\n/);
    expect(out).toContain("Read 2 resources of environment staging, environment production.\n");
    expect((await run(["--external", "network:a"], { ownProject })).code).toBe(2);
  });

  test("several paths are read together", async () => {
    const both = await run([at("fine/main.tf.json"), at("advice/main.tf.json"), "--format", "json"]);
    expect((JSON.parse(both.out) as Json).resources).toBe(2);
  });
});

describe("waivers", () => {
  const waiver = {
    rule: "edge/ssl-policy",
    address: "google_compute_target_https_proxy.web",
    reason: "ticket 12",
    expires: "2026-03-01",
  };

  test("in a file that is named", async () => {
    write("waivers.json", JSON.stringify({ waivers: [waiver] }));
    const { code, out } = await run([
      at("advice/main.tf.json"),
      "--waivers",
      "waivers.json",
      "--fail-on",
      "warning",
    ]);
    expect(code).toBe(0);
    expect(out).toContain(
      "edge/ssl-policy at google_compute_target_https_proxy.web until 2026-03-01: ticket 12",
    );
  });

  test("in verify.waivers.json of the verified folder", async () => {
    write("team/main.tf.json", JSON.stringify({ resource: advice }));
    write("team/verify.waivers.json", JSON.stringify({ waivers: [{ ...waiver, expires: "2026-02-28" }] }));
    const expired = await run([at("team"), "--format", "json"]);
    expect(expired.code).toBe(1);
    expect(inBrief(expired)).toEqual([
      "error waiver/expired google_compute_target_https_proxy.web",
      "warning edge/ssl-policy google_compute_target_https_proxy.web",
    ]);
  });

  test.each([
    ["[]", 'is not an object of "waivers" and "external".'],
    ["{", "is not JSON."],
    ['{"waiver":[]}', 'has "waiver": only "waivers" and "external" are known.'],
    ['{"external":["shared"]}', '"external" is not a list of KIND:NAME, for example ["network:shared"].'],
    ['{"waivers":[{}]}', 'waivers[0] names no "rule".', 4],
    [
      '{"waivers":[{"rule":"edge/redirct"}]}',
      'waivers[0]: There is no rule "edge/redirct": did you mean "edge/redirect"?',
      4,
    ],
    [
      '{"waivers":[{"rule":"edge/redirect","address":"a.b","reason":" "}]}',
      'waivers[0] gives no "reason".',
      2,
    ],
    ['{"waivers":[{},{"rule":"edge/redirect"}],"external":["x"]}', 'waivers[1] names no "address".', 8],
    [
      '{"waivers":[{"rule":"edge/redirect","address":"a.b","reason":"r","expires":"2026-02-30"}]}',
      'waivers[0] has no "expires" date, written as YYYY-MM-DD.',
    ],
  ])("%s is refused, with all its faults", async (text, sentence, faults = 1) => {
    write("wrong.json", text);
    const { code, err } = await run([at("fine/main.tf.json"), "--waivers", "wrong.json"]);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err.match(/wrong\.json\b/g)).toHaveLength(faults);
  });
});

test("what is declared external is not missing", async () => {
  const service = {
    google_vpc_access_connector: {
      main: {
        name: "main",
        network: "elsewhere",
        ip_cidr_range: "10.1.0.0/28",
        min_instances: 2,
        max_instances: 3,
      },
    },
  };
  write("shared/main.tf.json", JSON.stringify({ resource: { ...fine, ...service } }));
  // It may exist elsewhere, unless the input is said to be complete.
  expect((await run([at("shared/main.tf.json"), "--format", "json"])).code).toBe(0);
  expect((await run([at("shared/main.tf.json"), "--fail-on", "warning"])).code).toBe(1);
  const missing = await run([at("shared/main.tf.json"), "--format", "json", "--complete"]);
  expect(missing.code).toBe(1);
  expect(missing.out).toContain('\\"elsewhere\\"');
  expect((await run([at("shared/main.tf.json"), "--complete", "--external", "network:elsewhere"])).code).toBe(
    0,
  );
});

describe("values of variables", () => {
  const network = `variable "name" {
  type = string
}
resource "google_vpc_access_connector" "main" {
  name          = "main"
  network       = "main"
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 3
  max_instances = tonumber(var.name)
}
`;

  test("come from --var and --var-file in their order, and from TF_VAR_*", async () => {
    write("values/main.tf", network);
    write("values/prod.tfvars", 'name = "15"\n');
    const rejected = async (args: readonly string[], variables = {}) =>
      (await run([at("values"), ...args], { variables })).out.includes("max_instances is 15");
    expect(await rejected(["--var-file", at("values/prod.tfvars")])).toBe(true);
    expect(await rejected(["--var-file", at("values/prod.tfvars"), "--var", "name=8"])).toBe(false);
    expect(await rejected(["--var", "name=8", "--var-file", at("values/prod.tfvars")])).toBe(true);
    expect(await rejected([at("values/prod.tfvars")])).toBe(true);
    write("values/terraform.tfvars", "");
    write("values/dev.tfvars", "");
    expect(await rejected([], { name: "15" })).toBe(true);
    expect(await rejected(["--var-file", at("values/dev.tfvars")])).toBe(false);
  });

  test("of several environments are judged once each: what all have is said once, the rest with which", async () => {
    write("several/main.tf", network.replace("10.1.0.0/28", "10.1.0.0/24"));
    write("several/dev.tfvars", 'name = "15"\n');
    write("several/envs/prod.tfvars", 'name = "8"\n');
    write("several/envs/test/terraform.tfvars", 'name = "15"\n');
    write("several/other/main.tf", "");
    write("several/other/other.tfvars", 'name = "99"\n');
    const { code, out } = await run([at("several"), "--format", "json"]);
    const { findings, resources } = JSON.parse(out);
    expect(code).toBe(1);
    expect(findings.map(({ message }: { message: string }) => message.replace(/; rejected.*/, ""))).toEqual([
      "ip_cidr_range is 10.1.0.0/24",
      "with dev.tfvars and envs/test: max_instances is 15",
    ]);
    expect(resources).toBe(1);
    expect((await run([at("several")])).out).toContain(
      `${at("several")} was judged once with each of dev.tfvars, envs/prod.tfvars and envs/test; --var-file chooses one.`,
    );
    const chosen = await run([at("several"), "--var-file", at("several/envs/prod.tfvars")]);
    expect(chosen.out).not.toContain("max_instances");
    const page = await run([at("several"), "--format", "html"]);
    expect([page.code, page.out]).toEqual([1, expect.stringContaining("with dev.tfvars and envs/test")]);
  });

  test("are refused in another form, in one sentence", async () => {
    expect((await run([at("values"), "--var", "name"])).err).toBe(
      '--var takes NAME=VALUE, for example db_tier=db-custom-2-8192, and not "name".\n',
    );
  });
});
