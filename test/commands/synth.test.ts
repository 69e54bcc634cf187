import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { describeWithPart } from "../support/optional-parts.ts";
import { environmentFile, type Project, project } from "../support/project.ts";

let it: Project;
beforeEach(() => {
  it = project();
});
afterEach(() => it.remove());

/** Every file of the output with its text. */
function output(folder = "cdktf.out"): Record<string, string> {
  const root = path.join(it.folder, folder);
  if (!existsSync(root)) return {};
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(root, file), readFileSync(file, "utf8")];
    }),
  );
}

describe("a person's mistake", () => {
  test("is refused with exit code 1, all mistakes at once, no stack trace, and the previous output untouched", async () => {
    expect((await it.main()).status).toBe(0);
    const before = output();
    it.edit("staging", 'cidr("10.1.0.0/28")', 'cidr("10.1.8.0/28")');
    it.edit("staging", "pool: 10, overflow: 15", "pool: 0, overflow: 15");
    it.edit("production", "requestTimeout: seconds(60)", 'requestTimeout: "300"');
    const run = await it.main();
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(
      'staging: network.addresses.connector is 10.1.8.0/28: the range of "connector" overlaps 10.1.8.0/24 of "direct egress"',
    );
    expect(run.stderr).toContain("staging: services.backend.database.pool is 0");
    expect(run.stderr).toContain('production: services.auth.requestTimeout is "300"');
    expect(run.stderr).toContain("Refused: 3 errors. Nothing was written; cdktf.out is as it was.");
    expect(run.stderr + run.stdout).not.toMatch(/\n\s+at /);
    expect(output()).toEqual(before);
  });

  test("in one environment does not hide the rules' findings in another", async () => {
    it.edit("staging", "pool: 10, overflow: 15", "pool: 0, overflow: 15");
    const run = await it.main();
    expect(run.status).toBe(1);
    expect(run.stdout).toContain("production  (netra-production, us-central1)");
    expect(output()).toEqual({});
  });

  test("a copied environment is refused where it is named, and where it is not", async () => {
    it.write("environments/acme.ts", environmentFile("production"));
    for (const args of [["acme"], []]) {
      const run = await it.main(...args);
      expect(run.status).toBe(1);
      expect(run.stderr).toContain(
        'acme: project is "netra-production": environment "production" is in this project, and one project holds one environment.',
      );
      expect(run.stderr).not.toContain("production: ");
    }
  });

  test("an environment that does not exist lists the known ones", async () => {
    const run = await it.main("stagin");
    expect(run.status).toBe(2);
    expect(run.stderr).toBe(
      'There is no environment "stagin" (did you mean "staging"?). Known environments: production, staging.\n',
    );
  });

  test("a file that is no TypeScript is named, with the line", async () => {
    it.write("environments/broken.ts", "export const environment = {\n  project: ,\n};\n");
    const run = await it.main();
    expect(run.status).toBe(2);
    expect(run.stderr).toBe("environments/broken.ts cannot be loaded: Expression expected (line 2).\n");
  });

  test("a file without an environment is named", async () => {
    it.write("environments/empty.ts", "export const nothing = 1;");
    const run = await it.main();
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('environments/empty.ts exports no "environment"');
  });

  test("an output folder that cannot be written is one sentence", async () => {
    it.write("file", "");
    const run = await it.main("--output", "file/out");
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(
      /^The output folder file\/out cannot be written \(E\w+\): choose another with --output, or fix its permissions\.\n$/,
    );
  });

  test("an environment that throws does not hide what is wrong in another", async () => {
    it.write("environments/aaa.ts", 'throw new Error("boom");');
    it.edit("staging", "pool: 10, overflow: 15", "pool: 0, overflow: 15");
    const run = await it.main();
    expect(run.status).toBe(2);
    expect(run.stderr).toContain("environments/aaa.ts cannot be loaded: boom (line 1).");
    expect(run.stderr).toContain("staging: services.backend.database.pool is 0");
  });

  test("a file name that no stack can start with is told so", async () => {
    it.write("environments/my env.ts", readFileSync(path.join(it.folder, "environments/staging.ts"), "utf8"));
    const run = await it.main("my env");
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(
      'my env: prefix is "my env": names start with 1 to 9 lower-case letters and digits',
    );
  });

  test.each([".", "", "stacks", "environments/x"])(
    "the output %p would lie among the sources",
    async (output) => {
      const run = await it.main("--output", output);
      expect([run.status, run.stderr]).toEqual([
        2,
        `The output folder ${output} holds sources of this project: choose another with --output, for example cdktf.out.\n`,
      ]);
    },
  );

  test("an unknown option is usage error", async () => {
    const run = await it.main("--ouput", "x");
    expect(run.status).toBe(2);
    expect(run.stderr).toContain("unknown option '--ouput'");
  });
});

describe("the report of npm start", () => {
  test("tells stacks, budgets, what was refused and where things are", async () => {
    const run = await it.main("staging");
    expect(run.status).toBe(0);
    for (const line of [
      "staging  (netra-staging, us-central1)",
      "10.1.0.0/28    10.1.0.0 - 10.1.0.15            16  connector",
      "Direct VPC egress:  64 of 252 usable addresses at full scale, 188 free",
      "used            1173  of 1250: headroom 77 (6 %)",
      "read back from the JSON: nothing refused",
      "page    33  platform, because there are no notifications of this severity",
      "Terraform JSON: cdktf.out/stacks/staging-*/cdk.tf.json",
      "Topology:       cdktf.out/topology/staging.svg",
      "Page:           cdktf.out/report/staging.html",
    ]) {
      expect(run.stdout).toContain(line);
    }
    const lines = run.stdout.trimEnd().split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.at(-1)).toMatch(/^All is well: 1 environment, \d+ resources, nothing refused\.$/);
    const count = (pattern: RegExp): string | undefined => pattern.exec(run.stdout)?.[1];
    expect(count(/stacks, (\d+) resources, in order of deployment/)).toMatch(/^\d{3}$/);
    expect(count(/stacks, (\d+) resources, in order/)).toBe(count(/(\d+) resources read back from the JSON/));
    expect(Object.keys(output())).toEqual(expect.arrayContaining(["manifest.json", "topology/staging.svg"]));
  });

  test("has a page of an environment behind Istio too", async () => {
    it.write("environments/meta-studio.ts", environmentFile("meta-studio"));
    const run = await it.main("meta-studio");
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("Page:           cdktf.out/report/meta-studio.html");
    expect(output()["report/meta-studio.html"]).toContain("<title>meta-studio</title>");
  });

  test("a new environment is one copied file", async () => {
    const copy = readFileSync(path.join(it.folder, "environments/staging.ts"), "utf8")
      .replaceAll("netra-staging", "netra-quality")
      .replaceAll("staging.netrasystems.ai", "quality.netrasystems.ai")
      .replaceAll("netra-backend-staging", "netra-backend-quality");
    it.write("environments/quality.ts", copy);
    const run = await it.main("quality", "staging");
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(Object.keys(output())).toEqual(
      expect.arrayContaining(["stacks/quality-network/cdk.tf.json", "stacks/staging-network/cdk.tf.json"]),
    );
  });

  test("environments share what they say once, each in its own size", async () => {
    it.write(
      "environments/shared/reports.ts",
      `import type { ServiceInput } from "../../platform/define.ts";
import { gibibytes, seconds } from "../../platform/units.ts";

export function reports(size: Pick<ServiceInput, "image" | "instances">): ServiceInput {
  return { name: "reports", cpu: 1, memory: gibibytes(1), concurrency: 20, requestTimeout: seconds(60), path: "direct", ...size };
}
`,
    );
    const image = `us-central1-docker.pkg.dev/p/r/reports@sha256:${"0".repeat(64)}`;
    for (const [name, max] of [
      ["staging", 1],
      ["production", 3],
    ] as const) {
      it.edit(name, "services: [", `services: [reports({ image: "${image}", instances: { max: ${max} } }),`);
      it.edit(name, "import {", 'import { reports } from "./shared/reports.ts";\nimport {');
    }
    const run = await it.main();
    expect([run.status, run.stderr]).toEqual([0, ""]);
    for (const [prefix, max] of [
      ["staging", 1],
      ["prod", 3],
    ] as const)
      expect(output()[`stacks/${prefix}-service-reports/cdk.tf.json`]).toContain(
        `"max_instance_count": ${max}`,
      );
  });

  test("one environment leaves the stacks of the others alone", async () => {
    await it.main();
    await it.main("staging");
    expect(readdirSync(path.join(it.folder, "cdktf.out/stacks"))).toContain("prod-network");
  });

  test("what Terraform keeps in a stack's folder stays, and a stack that is gone goes", async () => {
    const reports = `{
      name: "reports",
      image: "us-central1-docker.pkg.dev/p/r/reports@sha256:${"0".repeat(64)}",
      cpu: 1,
      memory: gibibytes(1),
      concurrency: 20,
      instances: { max: 1 },
      requestTimeout: seconds(60),
      path: "direct",
    },`;
    it.edit("staging", "services: [", `services: [${reports}`);
    await it.main("staging");
    const kept = path.join(it.folder, "cdktf.out/stacks/staging-network/.terraform");
    mkdirSync(kept);
    writeFileSync(path.join(kept, "lock"), "");
    expect(readdirSync(path.join(it.folder, "cdktf.out/stacks"))).toContain("staging-service-reports");
    it.edit("staging", reports, "");
    const run = await it.main("staging");
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(readdirSync(path.join(it.folder, "cdktf.out/stacks"))).not.toContain("staging-service-reports");
    expect(existsSync(path.join(kept, "lock"))).toBe(true);
  });
});

test("synth needs no Terraform on the machine", async () => {
  const { PATH } = process.env;
  process.env.PATH = "";
  try {
    const { status, stderr } = await it.main("staging");
    expect([status, stderr]).toEqual([0, ""]);
  } finally {
    process.env.PATH = PATH;
  }
});

describeWithPart("cdktf-cli", "the cdktf command line", () => {
  test("synth writes the stacks, and diff and deploy refuse what synth refuses, with exit code 1", () => {
    const fine = it.cdktf("synth");
    expect(fine.status).toBe(0);
    expect(Object.keys(output())).toContain("stacks/staging-network/cdk.tf.json");
    // What a plain cdktf deploy installs has the checksums that are checked in.
    const lock = path.join(it.folder, "cdktf.out/stacks/staging-network/.terraform.lock.hcl");
    expect(readFileSync(lock, "utf8")).toContain(
      '"zh:1f3513fcfcbf7ca53d667a168c5067a4dd91a4d4cccd19743e248ff31065503c"',
    );
    expect(output()["providers.tfrc"]).toContain('include = ["hashicorp/google"]');
    const before = output();
    it.edit("staging", "maxInstances: 10", "maxInstances: 15");
    // Both synthesize first.
    for (const command of [
      ["diff", "staging-network"],
      ["deploy", "staging-network", "--auto-approve"],
    ]) {
      const refused = it.cdktf(...command);
      expect(refused.status).toBe(1);
      expect(refused.stdout + refused.stderr).toContain("network.connector.maxInstances is 15");
      expect(refused.stdout + refused.stderr).not.toMatch(/\n\s+at .*\(.*:\d+:\d+\)/);
    }
    expect(output()).toEqual(before);
  });
});
