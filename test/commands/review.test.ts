import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { UserError } from "../../platform/user-error.ts";
import { lastChange } from "../../review/plan/last-change.ts";
import { planFiles } from "../../review/plan/plan-files.ts";
import { environment } from "../support/environments.ts";
import { plan } from "../support/plans.ts";
import { MAIN, ROOT, type Run } from "../support/project.ts";
import type { Json } from "../support/synthesized.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "review-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function review(...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(NODE, [...MAIN, "review", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

/** A real plan as if it had just been made for staging. */
function write(file: string, name: string, change: (plan: Json) => void = () => {}): string {
  const json = plan(name, (copy) => {
    copy.timestamp = "2999-01-01T00:00:00Z";
    copy.configuration.provider_config.google.expressions.project = { constant_value: "netra-staging" };
    change(copy);
  });
  return writeText(file, JSON.stringify(json));
}

function writeText(file: string, text: string | Buffer): string {
  const target = path.join(folder, file);
  writeFileSync(target, text);
  return target;
}

describe("npm run review", () => {
  test("0 and Markdown for what is safe", () => {
    const { status, stdout, stderr } = review(
      "staging",
      "--plan",
      write("network.json", "03-connector-grow"),
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      "<!-- single-source-review:staging -->",
      "## ✅ Safe: staging (1 change in 1 stack)",
    ]);
    expect(stdout).toContain("### `network`: 1 changed in place, 24 unchanged");
  });

  test("1 and JSON for what needs an acknowledgement, with the stack's own name", () => {
    const file = write("x.json", "04-connector-shrink");
    const { status, stdout } = review("staging", "--plan", `staging-network=${file}`, "--format", "json");
    expect(status).toBe(1);
    const json = JSON.parse(stdout);
    expect(json).toMatchObject({ verdict: "needs acknowledgement", environment: "staging", exitCode: 1 });
    expect(json.stacks.map(({ name }: Json) => name)).toEqual(["staging-network"]);
    expect(json.destructive[0]).toMatchObject({
      action: "replace",
      address: "google_vpc_access_connector.main",
    });
  });

  test("1 for what is refused; the report goes into a file, the verdict to the terminal", () => {
    const output = path.join(folder, "report.md");
    const { status, stdout } = review("staging", "-p", write("y.json", "10-redis-tls"), "-o", output);
    expect(status).toBe(1);
    expect(stdout).toBe(`staging: refused (${output})\n`);
    expect(readFileSync(output, "utf8")).toContain("## ❌ Refused: staging");
  });

  test("several plans are one review", () => {
    const [one, two] = [write("one.json", "02-no-change"), write("two.plan.json", "16-count-and-for-each")];
    const { stdout } = review("staging", "--plan", one, "--plan", two, "--format", "json");
    expect(JSON.parse(stdout).stacks.map(({ name }: Json) => name)).toEqual(["one", "two"]);
  });

  test("text for a terminal", () => {
    const { stdout } = review("staging", "--plan", write("z.json", "06-database-tier"), "--format", "text");
    expect(stdout).toMatch(/^staging: needs acknowledgement\n/);
    expect(stdout).toContain("RESTARTS for tier");
  });

  test("a plan that failed halfway is refused", () => {
    const file = write("f.json", "02-no-change", (json) => {
      json.errored = true;
    });
    const { status, stdout } = review("staging", "--plan", file);
    expect(status).toBe(1);
    expect(stdout).toContain("the plan failed halfway");
  });
});

describe("usage error is one sentence with the remedy, and 2", () => {
  const wrong: [string, () => string, string][] = [
    ["no such file", () => path.join(folder, "nothing.json"), "does not exist"],
    ["not JSON", () => writeText("a.json", "Plan: 1 to add"), "is not JSON"],
    [
      "cut off",
      () => writeText("b.json", '{"format_version":"1.2","resource_changes":['),
      "it ends too early",
    ],
    [
      "a saved plan",
      () => writeText("c.json", Buffer.from("PK\u0003\u0004\u0000\u0000plan")),
      "terraform show -json PLANFILE",
    ],
    [
      "a state",
      () =>
        writeText(
          "d.json",
          '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}',
        ),
      "this is a state, not a plan",
    ],
    [
      "a state file",
      () => writeText("e.json", '{"version":4,"serial":1,"lineage":"x","resources":[]}'),
      "this is a state file, not a plan",
    ],
    ["a refresh-only plan", () => write("g.json", "18-drift-refresh-only"), "`npm run drift` reads those"],
    [
      "a later format",
      () =>
        write("h.json", "02-no-change", (json) => {
          json.format_version = "2.0";
        }),
      "of format 2.0, and 1.x can be read",
    ],
    [
      "an old format",
      () =>
        write("i.json", "02-no-change", (json) => {
          json.format_version = "0.1";
        }),
      "plan with Terraform 1.1 or later",
    ],
    [
      "the log of a plan",
      () => writeText("j.json", '{"@level":"info","@message":"Terraform 1.11.4"}'),
      "the log of `terraform plan -json`",
    ],
    ["a list", () => writeText("k.json", "[]"), "this is not a plan"],
    [
      "a key that occurs twice",
      () => writeText("q.json", '{"planned_values": {}, "resource_changes": [1], "resource_changes": []}'),
      'has the key "resource_changes" a second time in one object',
    ],
  ];
  test.each(wrong)("%s", async (_, file, sentence) => {
    const reading = planFiles([file()], environment(), undefined);
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(sentence);
    await expect(reading).rejects.toThrow(/^[^\n]+$/);
  });

  test("everything that is wrong comes at once, and no plan twice", () => {
    const good = write("l.json", "02-no-change");
    const { status, stderr } = review(
      "staging",
      "-p",
      good,
      "-p",
      `l=${good}`,
      "-p",
      "no.json",
      "-p",
      writeText("m.json", "?"),
    );
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(3);
    expect(stderr).toContain("are both named l");
  });

  test("an environment that does not exist, an option that does not, a report that cannot be written", () => {
    const file = write("n.json", "02-no-change");
    expect(review("stagin", "--plan", file)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean "staging"?'),
    });
    expect(review("staging", "--plam", file).status).toBe(2);
    expect(review("staging", "--plan", file, "-o", path.join(folder, "no", "report.md"))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("cannot be written"),
    });
  });

  test("without plans Terraform is needed, and nothing is written where there is none", () => {
    const output = path.join(folder, "cdktf.out");
    const { status, stdout, stderr } = spawnSync(NODE, [...MAIN, "review", "staging"], {
      cwd: folder,
      encoding: "utf8",
      env: { HOME: folder, NO_COLOR: "1", PATH: path.join(folder, "empty"), CDKTF_OUTDIR: output },
    });
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("There is no Terraform on the PATH: install Terraform");
    expect(existsSync(output)).toBe(false);
  });

  test("a plan older than the code is reviewed, doubted, and 2", () => {
    const file = write("o.json", "03-connector-grow", (json) => {
      json.timestamp = "2020-01-01T00:00:00Z";
    });
    const { status, stdout, stderr } = review("staging", "--plan", file);
    expect(status).toBe(2);
    expect(stderr).toContain("the plan was made at 2020-01-01T00:00:00Z");
    expect(stderr).toContain("plan again");
    expect(stdout).toContain("## ⚠️ Safe, if these plans were the right ones: staging");
    expect(stdout).toContain("> ");
  });

  test("a plan of another project is doubted too", () => {
    const file = write("p.json", "03-connector-grow", (json) => {
      json.configuration.provider_config.google.expressions.project.constant_value = "acme-dev";
    });
    const { status, stderr } = review("staging", "--plan", file);
    expect(status).toBe(2);
    expect(stderr).toContain(
      "the plan is for project acme-dev, and the environment staging is in netra-staging",
    );
  });
});

describe("when the code changed last", () => {
  const at = (file: string, seconds: number): void => utimesSync(file, seconds, seconds);
  const git = (cwd: string, ...args: string[]): void => {
    execFileSync("git", args, {
      cwd,
      stdio: "ignore",
      env: { ...process.env, GIT_COMMITTER_DATE: "1700000000 +0000", GIT_AUTHOR_DATE: "1700000000 +0000" },
    });
  };

  test("outside of git it is the newest file; in git a checkout changes nothing, an edit does", () => {
    const root = mkdtempSync(path.join(os.tmpdir(), "code-"));
    try {
      for (const room of ["environments", "constructs", "stacks", "platform"])
        execFileSync("mkdir", ["-p", path.join(root, room)]);
      const own = path.join(root, "environments/staging.ts");
      const other = path.join(root, "environments/production.ts");
      const stack = path.join(root, "stacks/a.ts");
      for (const [file, time] of [
        [own, 1_600_000_000],
        [other, 1_900_000_000],
        [stack, 1_650_000_000],
      ] as const) {
        writeFileSync(file, "");
        at(file, time);
      }
      expect(lastChange(root, "staging")).toBe(1_650_000_000_000);
      git(root, "init", "-q");
      git(root, "add", ".");
      git(root, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "x");
      // Planned before it was committed: what is older than the commit stays so.
      expect(lastChange(root, "staging")).toBe(1_650_000_000_000);
      at(stack, 1_800_000_000);
      expect(lastChange(root, "staging")).toBe(1_700_000_000_000);
      writeFileSync(own, "changed");
      at(own, 1_850_000_000);
      expect(lastChange(root, "staging")).toBe(1_850_000_000_000);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
