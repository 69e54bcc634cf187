import path from "node:path";
import process from "node:process";
import { Command, Option } from "commander";
import { exitCodesOf, runCommand } from "./command.ts";
import { CI_HOSTS, type CiHost } from "./init/ci-files.ts";
import { projectFiles } from "./init/project-files.ts";
import { answered, type Given, withQuestions } from "./init/questions.ts";
import { writeFiles } from "./init/write-files.ts";

interface Options extends Given {
  readonly environment: string;
  readonly ci: CiHost;
  readonly force?: true;
}

export const program = withQuestions(exitCodesOf(new Command("init")))
  .description(
    "Writes the repository of a platform: package.json, main.ts, one environment, a test, and the workflows of GitHub or the pipeline of GitLab.",
  )
  .argument("[folder]", "where it goes; created if it is missing", ".")
  .option("--environment <name>", "name of the environment", "staging")
  .addOption(
    new Option("--ci <host>", "where the repository is: whose pipelines are written")
      .choices(CI_HOSTS)
      .default("github"),
  )
  .option("--force", "overwrite files that exist")
  .addHelpText(
    "after",
    [
      "",
      "Asks for what is not given, where there is a terminal.",
      "",
      "Example:",
      "  npx single-source-platform init platform --project acme-staging --region europe-west1 \\",
      "    --services web,api --domain staging.example.com --state-bucket acme-staging-terraform-state",
      "",
      "Exit codes: 0 written, 2 an answer is missing or invalid, a file exists, or usage error.",
    ].join("\n"),
  )
  .action((folder: string, options: Options) => runCommand(() => init(path.resolve(folder), options)));

async function init(folder: string, options: Options): Promise<number> {
  const answers = await answered(options, "--environment");
  const files = projectFiles(path.basename(folder), answers, options.ci);
  const overwritten = writeFiles(
    folder,
    files,
    options.force === true
      ? "overwrite"
      : "Move them away, choose another folder, or overwrite them with --force.",
  );
  const shown = path.relative(process.cwd(), folder) || ".";
  for (const file of Object.keys(files))
    console.log(`${overwritten.includes(file) ? "overwritten" : "written"}  ${file}`);
  console.log(
    [
      "",
      "Next:",
      ...(folder === process.cwd() ? [] : [`  cd ${shown.startsWith("..") ? folder : shown}`]),
      "  npm install",
      "  npm start          checks every number and writes the Terraform JSON",
      "  npm test",
      "  npm run help       all commands",
      "",
      `Before the first deployment: put the digests of your images into environments/${answers.environment}.ts, and run`,
      `npm run bootstrap -- ${answers.environment}. The guides are in node_modules/single-source-platform/docs;`,
      `${options.ci === "gitlab" ? "gitlab.md" : "delivery.md"} says how a push deploys.`,
    ].join("\n"),
  );
  return 0;
}
