import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { Command } from "commander";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { Gitlab } from "../delivery/gitlab/api.ts";
import { writeCredentials } from "../delivery/gitlab/credentials.ts";
import { requireJobsImage } from "../delivery/gitlab/jobs-image.ts";
import { CHECKS_IMAGE, gitlabPipeline } from "../delivery/gitlab/pipeline.ts";
import { closeIssue, upsertIssue, upsertNote } from "../delivery/gitlab/upsert.ts";
import { UserError } from "../platform/user-error.ts";
import { exitCodesOf, runCommand } from "./command.ts";
import { deliveredFrom } from "./delivered-from.ts";
import { sleep } from "./google.ts";
import { project } from "./project.ts";
import { requireUsableProxy } from "./proxy-env.ts";
import { addReportCommands } from "./report-commands.ts";
import { writeReport } from "./report-file.ts";

const PIPELINE = ".gitlab-ci.yml";

export const program = exitCodesOf(new Command("gitlab")).description(
  "Writes the pipeline of GitLab, and does its steps that are not npm scripts (docs/gitlab.md).",
);

program
  .command("pipeline")
  .description(`writes ${PIPELINE}, which delivers the environments that name GitLab as the host`)
  .option(
    "--image <image>",
    "image of the jobs by digest, with Node 22, npm and Terraform (default: the one in the file)",
  )
  .option("--check", "write nothing; exit code 1 where the file is another")
  .action((options: { readonly image?: string; readonly check?: true }) =>
    runCommand(() => pipeline(options.image, options.check === true)),
  );

program
  .command("sign-in")
  .description("writes the token of GOOGLE_ID_TOKEN, and the credentials that exchange it, into a folder")
  .argument("<environment>", "name of the environment")
  .addArgument(program.createArgument("<as>", "which account").choices(["plan", "deploy"]))
  .argument("<folder>", "where they go: outside of the checkout")
  .action((environment: string, as: "plan" | "deploy", folder: string) =>
    runCommand(() => signIn(environment, as, folder)),
  );

addReportCommands(
  program,
  {
    comment: "note",
    request: "merge request",
    number: "number of the merge request in its project (CI_MERGE_REQUEST_IID)",
  },
  () => {
    const client = gitlab();
    return {
      comment: (number, report) => upsertNote(client, number, report),
      issue: (title, report) => upsertIssue(client, title, report),
      close: (report) => closeIssue(client, report),
    };
  },
);

async function pipeline(given: string | undefined, isCheck: boolean): Promise<number> {
  const { folder } = project();
  const file = path.join(folder, PIPELINE);
  const present = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const environments = await deliveredFrom("gitlab", []);
  const image = given ?? imageOf(present) ?? (environments.length === 0 ? CHECKS_IMAGE : undefined);
  if (image === undefined || (image === CHECKS_IMAGE && environments.length > 0))
    throw new UserError(
      `${image === undefined ? "The jobs need an image" : `${image} has no Terraform`}: name one with Node 22, npm and Terraform by --image (docs/gitlab.md has one to build).`,
    );
  if (environments.length > 0 || given !== undefined) requireJobsImage(image);
  const installsItself = existsSync(path.join(folder, "tools/run.mjs"));
  const text = gitlabPipeline({ image, environments, installsItself });
  if (text === present) {
    console.log(`${PIPELINE} is up to date.`);
    return 0;
  }
  if (isCheck) {
    console.error(
      `${PIPELINE} is not what the environments say: run npm run gitlab -- pipeline, and commit it.`,
    );
    return 1;
  }
  writeReport(file, text);
  console.log(
    environments.length > 0
      ? `${PIPELINE} is written: ${environments.map(({ environment }) => environment).join(", ")}.`
      : `${PIPELINE} is written, and deploys nothing: no environment names a delivery on GitLab. Write delivery: { host: "gitlab", ... } into one (docs/gitlab.md), then run this again.`,
  );
  return 0;
}

/** The image that a pipeline of ours names, after the inputs that it takes. */
function imageOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const pipeline: unknown = parseAllDocuments(text).at(-1)?.toJS();
    return z.object({ default: z.object({ image: z.string() }) }).safeParse(pipeline).data?.default.image;
  } catch {
    return undefined;
  }
}

async function signIn(name: string, as: "plan" | "deploy", folder: string): Promise<number> {
  const [access] = await deliveredFrom("gitlab", [name]);
  if (access === undefined)
    throw new UserError(`environments/${name}.ts has no delivery from GitLab: docs/gitlab.md describes it.`);
  const { GOOGLE_ID_TOKEN: token } = process.env;
  if (!token)
    throw new UserError(
      "GOOGLE_ID_TOKEN is not set: the job needs id_tokens, as npm run gitlab -- pipeline writes it.",
    );
  const [provider, account] =
    as === "plan" ? [access.planProvider, access.planner] : [access.deployProvider, access.deployer];
  console.log(`${writeCredentials(folder, token, provider, account)} signs in as ${account}.`);
  return 0;
}

function gitlab(): Gitlab {
  const { CI_API_V4_URL: api, CI_PROJECT_ID: id, GITLAB_TOKEN: token } = process.env;
  if (!api || !id || !token) {
    throw new UserError(
      "CI_API_V4_URL, CI_PROJECT_ID and GITLAB_TOKEN must be set: run this in a job of GitLab, with an access token of the project in the masked variable GITLAB_TOKEN.",
    );
  }
  requireUsableProxy();
  return new Gitlab({ api, project: id, token, sleep });
}
