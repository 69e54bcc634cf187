import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runbookFile } from "../../platform/operations/documentation.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import type { MeshEnvironment } from "../../platform/schema/mesh.ts";
import { reviewDocument } from "../../review/destructive/document.ts";
import { ruleTexts } from "../../rules/texts.ts";
import { capacityPage } from "../../runbook/capacity-page.ts";
import { dashboardFile, dashboardSvg } from "../../runbook/dashboards/svg.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { HEALTH_SCHEMA_FILE, healthSchemaDocument } from "../../runbook/health-schema-document.ts";
import { meshPage } from "../../runbook/mesh-page.ts";
import { RUNBOOK_INDEX, runbook, runbookIndex } from "../../runbook/runbook.ts";
import { rulesDocument } from "../../verification/report/rules-document.ts";

/** Every page that follows from the environments and the rules: its text, by its path in the project's folder. */
export function generatedPages(
  environments: readonly Environment[],
  meshes: readonly MeshEnvironment[],
): ReadonlyMap<string, string> {
  const plans = environments.map(platformPlan);
  return new Map([
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
  ]);
}

const environmentFile = (name: string): string => `docs/environments/${name}.md`;

/** Folders of pages that belong to one environment each. */
const FOLDERS = ["docs/environments", "docs/runbook", "docs/dashboards"];

/** Generated pages of environments and services that are gone; what a person wrote there is none. */
export function leftoverPages(folder: string, pages: ReadonlyMap<string, string>): string[] {
  return FOLDERS.filter((pagesFolder) => existsSync(path.join(folder, pagesFolder)))
    .flatMap((pagesFolder) =>
      readdirSync(path.join(folder, pagesFolder)).map((file) => `${pagesFolder}/${file}`),
    )
    .filter((page) => !pages.has(page) && isGenerated(path.join(folder, page)));
}

function isGenerated(file: string): boolean {
  return (
    /\.(md|svg)$/.test(file) && /Generated .*npm run docs/.test(readFileSync(file, "utf8").slice(0, 1000))
  );
}
