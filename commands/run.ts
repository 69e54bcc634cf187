import process from "node:process";
import { UserError } from "../platform/user-error.ts";
import { nearest } from "../values/nearest.ts";
import { runCommand } from "./command.ts";
import { commands } from "./commands.ts";
import { help } from "./help.ts";
import { openProject, type Project } from "./project.ts";

/**
 * Runs a command of the platform on a project. Its main.ts calls it, for npm's scripts and for cdktf:
 *
 *     await run({ folder: import.meta.dirname });
 *
 * Sets the exit code of the process; a mistake of a person is a sentence on stderr and exit code 2.
 *
 * @param args name of a command and its arguments; where none is named, `synth` @default those of the process
 */
export async function run(project: Project, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  openProject(project);
  const [first = "synth", ...rest] = args;
  if (["help", "--help", "-h"].includes(first)) console.log(help());
  else if (first.startsWith("-")) await start("synth", args);
  else await start(first, rest);
}

async function start(name: string, args: readonly string[]): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return (await command.load())(args);
  const meant = nearest(name, Object.keys(commands));
  const question = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  await runCommand(async () => {
    throw new UserError(
      `There is no command "${name}".${question} "npm run help" lists all of them; "npm start -- ENVIRONMENT" synthesizes one environment.`,
    );
  });
}
