import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import { exitCodesOf, oneEnvironment, runCommand } from "./command.ts";
import { hostIssues, parts, serviceIssues } from "./init/answers.ts";
import { environmentFile, firstImage, serviceEntry } from "./init/environment-file.ts";
import { answered, type Given, withQuestions } from "./init/questions.ts";
import { writeFiles } from "./init/write-files.ts";
import { project } from "./project.ts";

export const program = exitCodesOf(new Command("new")).description(
  "Writes a new environment, or a service into an environment.",
);

withQuestions(program.command("environment"))
  .description("write environments/<name>.ts")
  .argument("<name>", "name of the environment")
  .action((name: string, given: Given) =>
    runCommand(async () => {
      const answers = await answered({ ...given, environment: name }, "the name");
      const file = `environments/${name}.ts`;
      const { folder } = project();
      // The platform's own repository, and a copy of it, hold what a team's repository has as a dependency.
      const platform = existsSync(path.join(folder, "platform", "define.ts")) ? "rooms" : "package";
      writeFiles(
        folder,
        { [file]: environmentFile(answers, platform) },
        "Choose another name, or move it away.",
      );
      console.log(`written  ${file}\n\nNext: npm start -- ${name}`);
      return 0;
    }),
  );

program
  .command("service")
  .description("write a service into environments/<environment>.ts")
  .argument("<name>", "name of the service")
  .requiredOption("--environment <name>", "name of the environment")
  .option("--host <host>", "public host of the service; without it the service is internal")
  .action((name: string, { environment, host }: { readonly environment: string; readonly host?: string }) =>
    runCommand(async () => {
      await addService(name, environment, host);
      return 0;
    }),
  );

/** The end of the list of services, as `init` and formatters write it. */
const END_OF_SERVICES = /(\n {2}services: \[\n(?: {4}.*\n|\n)*)( {2}\],\n)/;

async function addService(name: string, environmentName: string, host: string | undefined): Promise<void> {
  const wrong = [
    ...serviceIssues("the name", name),
    ...(host === undefined ? [] : hostIssues("--host", host)),
  ];
  if (wrong.length > 0) throw new UserError(wrong.join("\n"));
  const environment = await oneEnvironment(environmentName);
  if (environment.services.some((service) => service.name === name))
    throw new UserError(
      `environments/${environmentName}.ts has a service ${name} already: choose another name.`,
    );
  const { project: id, region, network } = environment;
  const without = parts.filter((part) => environment[part] === undefined);
  const shown = `environments/${environmentName}.ts`;
  const file = path.join(project().folder, shown);
  const text = readFileSync(file, "utf8");
  const image = firstImage({ environment: environmentName, project: id, region }, name, text);
  const existingPath =
    network.addresses.directEgress !== undefined
      ? "direct"
      : network.connector === undefined
        ? "none"
        : "connector";
  const entry = serviceEntry({ name, image, without, path: existingPath, host, dependsOn: [] });
  const changed = text.replace(
    END_OF_SERVICES,
    (_, before: string, end: string) => `${before}${entry}\n${end}`,
  );
  if (changed === text)
    throw new UserError(
      `${shown} has no list "services: [" of its own: add this to its services by hand:\n${entry}`,
    );
  try {
    writeFileSync(file, changed);
  } catch (error) {
    throw unwritable(`file ${shown}`, error, "fix its permissions");
  }
  console.log(`written  service ${name} in ${shown}\n\nNext: npm start -- ${environmentName}`);
}
