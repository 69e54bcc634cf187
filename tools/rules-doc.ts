/** Writes docs/RULES.md from the rules. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { rulesDocument } from "../rules/report/rules-document.ts";
import { ruleTexts } from "../rules/texts.ts";

const file = path.join(path.dirname(import.meta.dirname), "docs", "RULES.md");
writeFileSync(file, rulesDocument(ruleTexts));
console.log(`docs/RULES.md: ${ruleTexts.length} rules`);
