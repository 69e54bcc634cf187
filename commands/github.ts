import process from "node:process";
import { Command } from "commander";
import { Github } from "../delivery/github/api.ts";
import { closeIssue, upsertComment, upsertIssue } from "../delivery/github/upsert.ts";
import { UserError } from "../platform/user-error.ts";
import { jsonLine } from "../reporting/escape.ts";
import { exitCodesOf, runCommand } from "./command.ts";
import { deliveredFrom } from "./delivered-from.ts";
import { sleep } from "./google.ts";
import { requireUsableProxy } from "./proxy-env.ts";
import { addReportCommands } from "./report-commands.ts";

/** Steps of .github/workflows that are not npm scripts. */
export const program = exitCodesOf(new Command("github")).description(
  "Steps of the workflows that are not npm scripts.",
);

program
  .command("environments")
  .description("prints, as a list in JSON, the environments that name a delivery, and how to sign in to each")
  .argument("[name]", "only this one; an empty name means all")
  .action((name: string | undefined) => runCommand(() => environments(name ?? "")));

addReportCommands(
  program,
  { comment: "comment", request: "pull request", number: "number of the pull request" },
  () => {
    const client = github();
    return {
      comment: (number, report) => upsertComment(client, number, report),
      issue: (title, report) => upsertIssue(client, title, report),
      close: (report) => closeIssue(client, report),
    };
  },
);

async function environments(name: string): Promise<number> {
  const list = await deliveredFrom("github", name === "" ? [] : [name]);
  if (name !== "" && list.length === 0)
    throw new UserError(
      `environments/${name}.ts has no delivery from GitHub: docs/delivery.md describes the setup.`,
    );
  console.log(jsonLine(list));
  return 0;
}

function github(): Github {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = process.env;
  if (!api || !repository || !token) {
    throw new UserError(
      "GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN must be set: run this in a workflow, with GITHUB_TOKEN passed to the step.",
    );
  }
  requireUsableProxy();
  return new Github({ api, repository, token, sleep });
}
