import pc from "picocolors";
import { codeQualityReport } from "../../rules/report/code-quality.ts";
import { jsonReport } from "../../rules/report/json.ts";
import { junitReport } from "../../rules/report/junit.ts";
import { markdownReport } from "../../rules/report/markdown.ts";
import type { Report } from "../../rules/report/report.ts";
import { sarifReport } from "../../rules/report/sarif.ts";
import { textReport } from "../../rules/report/text.ts";
import { ruleTexts } from "../../rules/texts.ts";
import type { Format } from "./options.ts";

export function formatted(
  report: Report,
  format: Exclude<Format, "html">,
  { colors, version }: { readonly colors: boolean; readonly version: string },
): string {
  switch (format) {
    case "gitlab":
      return codeQualityReport(report);
    case "json":
      return jsonReport(report);
    case "junit":
      return junitReport(report);
    case "markdown":
      return markdownReport(report);
    case "sarif":
      return sarifReport(report, ruleTexts, version);
    case "text":
      return textReport(report, pc.createColors(colors));
  }
}
