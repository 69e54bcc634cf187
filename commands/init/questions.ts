import process from "node:process";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { UserError } from "../../platform/user-error.ts";
import { enumerated } from "../../values/enumerated.ts";
import {
  type Answers,
  environmentIssues,
  internalIssues,
  namesOf,
  parts,
  partsOf,
  projectNumberIssues,
  type Question,
  questions,
  servicesOf,
  withoutIssues,
} from "./answers.ts";

/** Answers as options of a command line. */
export type Given = {
  readonly [Option in Question["option"] | "without" | "internal" | "projectNumber"]?: string;
};

/** The options that answer the five questions. */
export function withQuestions(command: Command): Command {
  return command
    .option("--project <id>", "Google Cloud project id")
    .option("--region <region>", "region of the environment")
    .option("--services <names>", "names of the services with commas between them, the public site first")
    .option("--internal <names>", "those of the services that only the others call, with commas between them")
    .option("--project-number <number>", "number of the project, which addresses of internal services have")
    .option(
      "--domain <domain>",
      "domain of the site; other services are at NAME.domain; not with --without edge",
    )
    .option("--state-bucket <bucket>", "bucket of the Terraform state, which npm run bootstrap creates")
    .option(
      "--without <parts>",
      `of ${enumerated(parts)}, with commas between them: what the platform does without`,
    );
}

/**
 * The answers that were given, and on a terminal those to what is still open.
 *
 * @param nameOfEnvironment what a message calls the name of the environment: an option, or an argument
 * @throws UserError with everything that is missing or wrong
 */
export async function answered(
  given: Given & { readonly environment: string },
  nameOfEnvironment: string,
): Promise<Answers> {
  const wrong = [
    ...environmentIssues(nameOfEnvironment, given.environment),
    ...questions.flatMap(({ option, issues }) => {
      const answer = given[option];
      return answer === undefined ? [] : issues(answer);
    }),
  ];
  const { without = "", internal = "", projectNumber } = given;
  wrong.push(...withoutIssues(without));
  if (projectNumber !== undefined) wrong.push(...projectNumberIssues(projectNumber));
  else if (internal !== "")
    wrong.push(
      `Missing: --project-number, which addresses of internal services have: gcloud projects describe ${given.project ?? "PROJECT"} --format="value(projectNumber)"`,
    );
  if (given.services !== undefined) wrong.push(...internalIssues(internal, servicesOf(given.services)));
  const hasEdge = !partsOf(without).includes("edge");
  if (given.domain !== undefined && !hasEdge)
    wrong.push(
      "--domain is given, and --without names edge: no service has a host then. Fix: leave one of both out.",
    );
  const isAsked = ({ option }: Question) => option !== "domain" || hasEdge;
  const open = questions.filter((question) => given[question.option] === undefined && isAsked(question));
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (!isTerminal && open.length > 0)
    wrong.push(
      `Missing: ${open.map(({ flag }) => flag).join(", ")}. Give all of them, or start this on a terminal, where it asks.`,
    );
  if (wrong.length > 0) throw new UserError(wrong.join("\n"));
  const answers: Given & { readonly environment: string } = {
    ...given,
    ...(open.length > 0 ? await ask(open) : {}),
  };
  const { environment, project = "", region = "", services = "", domain = "", stateBucket = "" } = answers;
  const wrongInternal = internalIssues(internal, servicesOf(services));
  if (wrongInternal.length > 0) throw new UserError(wrongInternal.join("\n"));
  return {
    environment,
    project,
    region,
    projectNumber,
    services: servicesOf(services),
    internal: namesOf(internal),
    domain,
    stateBucket,
    without: partsOf(without),
  };
}

/** Asks until each answer is right. */
async function ask(open: readonly Question[]): Promise<Given> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<never>((_, reject) => {
    terminal.once("close", () =>
      reject(new UserError("\nNothing was written: the questions were not answered.")),
    );
  });
  closed.catch(() => {});
  const answers: { -readonly [Option in keyof Given]: Given[Option] } = {};
  try {
    for (const { option, text, issues } of open) {
      while (answers[option] === undefined) {
        const answer = (await Promise.race([terminal.question(`${text}: `), closed])).trim();
        const wrong = issues(answer);
        if (wrong.length === 0) answers[option] = answer;
        else console.log(wrong.map((line) => `  ${line}`).join("\n"));
      }
    }
  } finally {
    terminal.close();
  }
  return answers;
}
