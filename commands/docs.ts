import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { formatIssue } from "../platform/issue.ts";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import { loadEnvironments } from "../synthesis/load-environments.ts";
import { exitCodesOf, runCommand, today } from "./command.ts";
import { generatedPages, leftoverPages } from "./docs/pages.ts";
import { environmentsFolder, project } from "./project.ts";

export const program = exitCodesOf(new Command("docs"))
  .description(
    "Writes the pages of docs/ that follow from the environments and the rules: a page and a runbook for each environment, dashboards, capacity, rules, review. Removes those of environments and services that are gone.",
  )
  .addHelpText("after", "\nExit codes: 0 written, 2 an environment is invalid or usage error.")
  .action(() =>
    runCommand(async () => {
      await writeDocs();
      return 0;
    }),
  );

async function writeDocs(): Promise<void> {
  const { folder } = project();
  const { environments, meshes, issues } = await loadEnvironments(environmentsFolder(), [], today());
  if (issues.length > 0) {
    const lines = issues.flatMap((found) =>
      found.issues.map((issue) => `${found.environment}: ${formatIssue(issue)}`),
    );
    throw new UserError(["No page was written, because of environments/:", ...lines].join("\n"));
  }
  const pages = generatedPages(environments, meshes);
  for (const [page, text] of pages) {
    const file = path.join(folder, page);
    change(page, () => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    });
    console.log(page);
  }
  for (const page of leftoverPages(folder, pages)) {
    change(page, () => rmSync(path.join(folder, page)));
    console.log(`removed ${page}`);
  }
}

function change(page: string, how: () => void): void {
  try {
    how();
  } catch (error) {
    throw unwritable(`page ${page}`, error, "fix its permissions, then run the same command again");
  }
}
