import { capitalized } from "../values/words.ts";
import { colors } from "./colors.ts";
import { commands, type PlatformCommand } from "./commands.ts";
import { table } from "./table.ts";

const GROUPS: readonly PlatformCommand["group"][] = ["every day", "deployment", "running platform", "once"];

/** The overview of all commands. */
export function help(): string {
  return [
    "Usage: npm run COMMAND -- [options]",
    ...GROUPS.flatMap((group) => [
      "",
      `  ${colors.cyan(capitalized(group))}`,
      ...table(
        Object.entries(commands)
          .filter(([, command]) => command.group === group)
          .map(([name, { summary }]) => [name, summary]),
      ),
    ]),
    "",
    "npm run COMMAND -- --help explains a command. Exit codes: 0 fine, 1 findings or refused, 2 usage error.",
  ].join("\n");
}
