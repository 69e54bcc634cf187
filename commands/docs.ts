import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reviewDocument } from "../review/guard/document.ts";
import { rulesDocument } from "../rules/report/rules-document.ts";
import { ruleTexts } from "../rules/texts.ts";
import { environmentPage } from "./docs/environment-page.ts";
import { HEALTH_SCHEMA_FILE, healthSchemaDocument } from "./docs/health-schema-document.ts";
import { meshPage } from "./docs/mesh-page.ts";
import { loadEnvironments } from "./synth/load-environments.ts";

/** Writes what is generated in docs/. Tests compare the files with what this writes. */
const root = path.join(import.meta.dirname, "..");
const today = new Date().toISOString().slice(0, 10);
const { environments, meshes } = await loadEnvironments(path.join(root, "environments"), [], today);
const folder = path.join(root, "docs", "environments");
mkdirSync(folder, { recursive: true });
for (const environment of environments) {
  const file = path.join(folder, `${environment.name}.md`);
  writeFileSync(file, environmentPage(environment));
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
