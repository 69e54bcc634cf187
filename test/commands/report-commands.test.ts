import { expect, test } from "@jest/globals";
import { runCommand } from "../support/commands-in-one-process.ts";

const at = { folder: process.cwd(), env: { GITHUB_TOKEN: "", GITLAB_TOKEN: "" } };

// The kind of fault: a report goes to another request than the job is about, or to none, and nobody hears of it.
test.each(["0", "07", "1.5", "-1", "seven", ""])(
  "a request with the number %j is refused",
  async (number) => {
    for (const [host, subcommand, request] of [
      ["github", "comment", "pull request"],
      ["gitlab", "note", "merge request"],
    ] as const) {
      const { status, stderr } = await runCommand([host, subcommand, "--", number, "report.md"], at);
      expect([status, stderr]).toEqual([2, `"${number}" is not the number of a ${request}.\n`]);
    }
  },
);

test("what is not set in a job is named before the report is read", async () => {
  const github = await runCommand(["github", "comment", "7", "absent.md"], at);
  expect([github.status, github.stderr]).toEqual([
    2,
    expect.stringMatching(/^GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN must be set/),
  ]);
  const gitlab = await runCommand(["gitlab", "note", "7", "absent.md"], at);
  expect([gitlab.status, gitlab.stderr]).toEqual([
    2,
    expect.stringMatching(/^CI_API_V4_URL, CI_PROJECT_ID and GITLAB_TOKEN must be set/),
  ]);
});
