import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { reviewMarkdown } from "../../review/report/markdown.ts";
import type { Review } from "../../review/review.ts";
import { changeAt, reviewOf } from "./support.ts";

/** The Terraform on the PATH, with a resource that is built in and needs no provider. */
let folder = "";

function terraform(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("terraform", args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_CLI_CONFIG_FILE: undefined },
  });
  if (status !== 0) throw new Error(`terraform ${args.join(" ")}: ${stderr}`);
  return stdout;
}

function planned(configuration: string, ...options: string[]): Review {
  writeFileSync(path.join(folder, "main.tf"), configuration);
  terraform("plan", "-input=false", "-no-color", "-out=plan", ...options);
  return reviewOf({ real: JSON.parse(terraform("show", "-json", "plan")) });
}

const FIRST = `
variable "token" {
  default   = "HUSH-HUSH-HUSH"
  sensitive = true
}
resource "terraform_data" "kept" { input = "one" }
resource "terraform_data" "replaced" {
  input            = "two"
  triggers_replace = ["a"]
}
resource "terraform_data" "gone" { input = var.token }
resource "terraform_data" "counted" {
  count = 2
  input = count.index
}
output "token" {
  value     = var.token
  sensitive = true
}
output "plain" { value = terraform_data.kept.output }
`;

const SECOND = `
resource "terraform_data" "renamed" { input = "one more" }
moved {
  from = terraform_data.kept
  to   = terraform_data.renamed
}
resource "terraform_data" "replaced" {
  input            = "two"
  triggers_replace = ["b"]
}
removed {
  from = terraform_data.gone
  lifecycle { destroy = false }
}
resource "terraform_data" "counted" {
  count = 1
  input = count.index
}
output "plain" { value = terraform_data.renamed.output }
`;

describe("plans of the Terraform on the PATH", () => {
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "terraform-"));
    writeFileSync(path.join(folder, "main.tf"), "");
    terraform("init", "-input=false", "-no-color");
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("an empty stack, a creation, changes of every kind, and nothing to do", () => {
    expect(planned("")).toMatchObject({
      verdict: "safe",
      stacks: [{ changes: [], unchanged: 0, failure: undefined }],
    });

    const created = planned(FIRST);
    expect(created.verdict).toBe("safe");
    expect(created.stacks[0]?.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      "create terraform_data.counted[0]",
      "create terraform_data.counted[1]",
      "create terraform_data.gone",
      "create terraform_data.kept",
      "create terraform_data.replaced",
    ]);
    expect(JSON.stringify(created) + reviewMarkdown(created)).not.toContain("HUSH");
    expect(created.stacks[0]?.outputs).toContainEqual({
      name: "token",
      action: "create",
      before: undefined,
      after: "(sensitive)",
    });
    terraform("apply", "-input=false", "-no-color", "plan");

    const changed = planned(SECOND);
    expect(changed.verdict).toBe("safe");
    expect(changed.stacks[0]?.changes.map(({ action, address }) => `${action} ${address}`).sort()).toEqual([
      "destroy terraform_data.counted[1]",
      "forget terraform_data.gone",
      "replace terraform_data.replaced",
      "update terraform_data.renamed",
    ]);
    expect(changeAt(changed, "terraform_data.renamed").movedFrom).toBe("terraform_data.kept");
    expect(changeAt(changed, "terraform_data.replaced").attributes).toContainEqual(
      expect.objectContaining({ path: "triggers_replace", forcesReplacement: true }),
    );
    expect(changeAt(changed, "terraform_data.counted[1]").impact[0]).toContain("count went down");
    expect(JSON.stringify(changed) + reviewMarkdown(changed)).not.toContain("HUSH");
    terraform("apply", "-input=false", "-no-color", "plan");

    expect(planned(SECOND)).toMatchObject({ verdict: "safe", stacks: [{ changes: [], unchanged: 3 }] });
    const refreshed = planned(SECOND, "-refresh-only");
    expect(refreshed.stacks[0]?.failure).toContain("refresh-only plan");
    const part = planned(SECOND, "-target=terraform_data.renamed", "-replace=terraform_data.renamed");
    expect(part.verdict).toBe("refused");
    expect(part.reasons[0]).toContain("covers a part of the stack only");
    const needed = planned(SECOND, "-replace=terraform_data.renamed");
    expect(changeAt(needed, "terraform_data.renamed").impact[0]).toContain(
      "because it was requested with -replace",
    );
  }, 120_000);
});
