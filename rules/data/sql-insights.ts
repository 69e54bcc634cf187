import { cloudSqlLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { INSTANCE, postgresMajor, writtenEdition } from "./database.ts";

const { queryStringLow, queryStringHigh, queryPlansHigh, queryPlansHighEnterprisePlus } = cloudSqlLimits;

/** S27: how much Query Insights records. */
export const sqlInsights: Rule = {
  id: "data/sql-insights",
  why: "The provider lets numbers of Query Insights pass that only ENTERPRISE_PLUS takes, or nobody.",
  limit: `query_string_length ${queryStringLow.value} to ${queryStringHigh.value} bytes, query_plans_per_minute 0 to ${queryPlansHigh.value}; more with ENTERPRISE_PLUS`,
  fix: "Bring the number within its bound.",
  source: queryPlansHigh.source,
  example: `resource "google_sql_database_instance" "main" {
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
    insights_config {
      query_insights_enabled = true
      query_plans_per_minute = 100
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const edition = writtenEdition(resource);
      const major = postgresMajor(resource);
      const isEnterprise =
        edition === "ENTERPRISE" ||
        (edition === undefined &&
          major !== undefined &&
          major < cloudSqlLimits.enterprisePlusByDefault.value &&
          resource.get("settings.edition") === undefined);
      const length = resource.number("settings.insights_config.query_string_length");
      if (
        length !== undefined &&
        (length < queryStringLow.value || (isEnterprise && length > queryStringHigh.value))
      )
        yield {
          resource,
          severity: "error",
          message: `query_string_length is ${length} bytes, outside ${queryStringLow.value} to ${queryStringHigh.value}; refused at apply: the value is out of range.`,
        };
      const plans = resource.number("settings.insights_config.query_plans_per_minute");
      const most = isEnterprise ? queryPlansHigh.value : queryPlansHighEnterprisePlus.value;
      if (plans !== undefined && (plans < 0 || plans > most))
        yield {
          resource,
          severity: "error",
          message: `query_plans_per_minute is ${plans}, outside 0 to ${most}${isEnterprise ? " for ENTERPRISE" : ""}; refused at apply: the value is out of range.`,
        };
    }
  },
};
