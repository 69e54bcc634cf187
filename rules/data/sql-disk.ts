import { cloudSqlLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { INSTANCE } from "./database.ts";
import { SQL_SETTINGS } from "./sources.ts";

const TYPES = ["PD_SSD", "PD_HDD", "HYPERDISK_BALANCED"];

/** S16, S17: type and size of the disk. */
export const sqlDisk: Rule = {
  id: "data/sql-disk",
  why: "The provider checks neither size nor type of the disk, and a disk that is full stops the database.",
  limit: `${TYPES.join(", ")}; ${cloudSqlLimits.diskLow.value} GB or more, HYPERDISK_BALANCED ${cloudSqlLimits.hyperdiskLow.value}, up to ${cloudSqlLimits.diskHigh.value}`,
  fix: "Write a size within the bounds, and leave disk_autoresize on.",
  source: SQL_SETTINGS,
  example: `resource "google_sql_database_instance" "main" {
  settings {
    tier      = "db-custom-2-7680"
    disk_size = 5
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      const size = resource.number("settings.disk_size");
      const type = resource.string("settings.disk_type")?.toUpperCase().replaceAll("-", "_");
      if (type !== undefined && type !== "" && !TYPES.includes(type))
        yield {
          resource,
          severity: "error",
          message: `disk_type is "${resource.string("settings.disk_type")}"; refused at apply: Cloud SQL has ${TYPES.join(", ")}.`,
          fix: `Write one of ${TYPES.join(", ")}.`,
        };
      const { diskLow, hyperdiskLow, diskHigh } = cloudSqlLimits;
      const low = type === "HYPERDISK_BALANCED" ? hyperdiskLow.value : diskLow.value;
      if (size !== undefined && size !== 0 && (size < low || size > diskHigh.value))
        yield {
          resource,
          severity: "error",
          message: `disk_size is ${size} GB, outside ${low} to ${diskHigh.value}; refused at apply: the disk has no such size.`,
        };
      const most = resource.number("settings.disk_autoresize_limit");
      if (size !== undefined && most !== undefined && most > 0 && most < size)
        yield {
          resource,
          severity: "warning",
          message: `disk_autoresize_limit is ${most} GB, below the disk_size of ${size} GB; the disk never grows.`,
          fix: `Set it above ${size}, or to 0 for no limit.`,
        };
      if (resource.boolean("settings.disk_autoresize") === false)
        yield {
          resource,
          severity: "warning",
          message: "disk_autoresize is false; a full disk stops accepting connections.",
          fix: "Set disk_autoresize = true, or alert on disk utilization.",
        };
    }
  },
};
