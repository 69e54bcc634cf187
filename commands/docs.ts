import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runbookFile } from "../platform/operations/documentation.ts";
import { platformPlan } from "../platform/plan.ts";
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
import { ROOT as root, today } from "./command.ts";

/** Writes the generated pages of docs/ when it is loaded (tools/docs.ts). Tests compare the files with this output. */
const { environments, meshes } = await loadEnvironments(path.join(root, "environments"), [], today());
const folder = path.join(root, "docs", "environments");
mkdirSync(folder, { recursive: true });
const plans = environments.map(platformPlan);
for (const plan of plans) {
  const file = path.join(folder, `${plan.name}.md`);
  writeFileSync(file, environmentPage(plan));
  console.log(path.relative(root, file));
}
for (const environment of meshes) {
  const file = path.join(folder, `${environment.name}.md`);
  writeFileSync(file, meshPage(environment));
  console.log(path.relative(root, file));
}
writeFileSync(path.join(root, "docs", "RULES.md"), rulesDocument(ruleTexts));
console.log(path.join("docs", "RULES.md"));
writeFileSync(path.join(root, "docs", "REVIEW.md"), reviewDocument());
console.log(path.join("docs", "REVIEW.md"));
writeFileSync(path.join(root, HEALTH_SCHEMA_FILE), healthSchemaDocument());
console.log(HEALTH_SCHEMA_FILE);
/** Path from the project's folder, and content. */
const operations: (readonly [string, string])[] = [
  [RUNBOOK_INDEX, runbookIndex(plans)],
  ["docs/capacity.md", capacityPage(plans)],
  ...plans.flatMap((plan) => [
    [runbookFile(plan.name), runbook(plan)] as const,
    ...plan.dashboards.map(
      (dashboard) => [dashboardFile(plan.name, dashboard), dashboardSvg(dashboard)] as const,
    ),
  ]),
];
for (const [file, text] of operations) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  console.log(file);
}
