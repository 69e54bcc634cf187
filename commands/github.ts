import process from "node:process";
import { Command } from "commander";
import { Github } from "../delivery/github/api.ts";
import { closeIssue, upsertComment, upsertIssue } from "../delivery/github/upsert.ts";
import { UserError } from "../platform/user-error.ts";
import { jsonLine } from "../reporting/escape.ts";
import { exitCodesOf, runCommand } from "./command.ts";
import { deliveredFrom } from "./delivered-from.ts";
import { sleep } from "./google.ts";
import { addIssueCommand } from "./issue-command.ts";
import { readReport as report } from "./report-file.ts";

/** Steps of .github/workflows that are not npm scripts. */
export const program = exitCodesOf(new Command("github")).description(
  "Steps of the workflows that are not npm scripts.",
);

program
  .command("environments")
  .description("prints, as a list in JSON, the environments that name a delivery, and how to sign in to each")
  .argument("[name]", "only this one; an empty name means all")
  .action((name: string | undefined) => runCommand(() => environments(name ?? "")));

program
  .command("comment")
  .description("writes a report into the one comment of a pull request that has its marker")
  .argument("<pull-request>", "number of the pull request")
  .argument("<file>", "the report; its first line is the marker")
  .action((number: string, file: string) =>
    runCommand(async () => {
      if (!/^[1-9]\d*$/.test(number)) throw new UserError(`"${number}" is not the number of a pull request.`);
      console.log(`Comment: ${await upsertComment(github(), Number(number), report(file))}.`);
      return 0;
    }),
  );

addIssueCommand(program, () => {
  const client = github();
  return {
    upsert: (title, report) => upsertIssue(client, title, report),
    close: (report) => closeIssue(client, report),
  };
});

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
  return new Github({ api, repository, token, sleep });
}
