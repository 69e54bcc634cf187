import pc from "picocolors";
import { ruleTexts } from "../../rules/texts.ts";
import { codeQualityReport } from "../../verification/report/code-quality.ts";
import { jsonReport } from "../../verification/report/json.ts";
import { junitReport } from "../../verification/report/junit.ts";
import { markdownReport } from "../../verification/report/markdown.ts";
import type { Report } from "../../verification/report/report.ts";
import { sarifReport } from "../../verification/report/sarif.ts";
import { textReport } from "../../verification/report/text.ts";
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
