import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { formatIssue } from "../platform/issue.ts";
import { runbookFile } from "../platform/operations/documentation.ts";
import { platformPlan } from "../platform/plan.ts";
import { unwritable } from "../platform/unwritable.ts";
import { UserError } from "../platform/user-error.ts";
import { reviewDocument } from "../review/destructive/document.ts";
import { rulesDocument } from "../rules/report/rules-document.ts";
import { ruleTexts } from "../rules/texts.ts";
import { capacityPage } from "../runbook/capacity-page.ts";
import { dashboardFile, dashboardSvg } from "../runbook/dashboards/svg.ts";
import { environmentPage } from "../runbook/environment-page.ts";
import { HEALTH_SCHEMA_FILE, healthSchemaDocument } from "../runbook/health-schema-document.ts";
import { meshPage } from "../runbook/mesh-page.ts";
import { RUNBOOK_INDEX, runbook, runbookIndex } from "../runbook/runbook.ts";
import { loadEnvironments } from "../synthesis/load-environments.ts";
import { exitCodesOf, runCommand, today } from "./command.ts";
import { environmentsFolder, project } from "./project.ts";

export const program = exitCodesOf(new Command("docs"))
  .description(
    "Writes the pages of docs/ that follow from the environments and the rules: a page and a runbook for each environment, dashboards, capacity, rules, review.",
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
  const plans = environments.map(platformPlan);
  /** Path from the project's folder, and content. */
  const pages: (readonly [string, string])[] = [
    ...plans.map((plan) => [environmentFile(plan.name), environmentPage(plan)] as const),
    ...meshes.map((environment) => [environmentFile(environment.name), meshPage(environment)] as const),
    ["docs/RULES.md", rulesDocument(ruleTexts)],
    ["docs/REVIEW.md", reviewDocument()],
    [HEALTH_SCHEMA_FILE, healthSchemaDocument()],
    [RUNBOOK_INDEX, runbookIndex(plans)],
    ["docs/capacity.md", capacityPage(plans)],
    ...plans.flatMap((plan) => [
      [runbookFile(plan.name), runbook(plan)] as const,
      ...plan.dashboards.map(
        (dashboard) => [dashboardFile(plan.name, dashboard), dashboardSvg(dashboard)] as const,
      ),
    ]),
  ];
  for (const [page, text] of pages) {
    const file = path.join(folder, page);
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    } catch (error) {
      throw unwritable(`page ${page}`, error, "fix its permissions, then run the same command again");
    }
    console.log(page);
  }
}

const environmentFile = (name: string): string => `docs/environments/${name}.md`;
