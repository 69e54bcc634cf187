import { durations, resourceType } from "../../resources/index.ts";
import { difference, lowered } from "../plan/compare.ts";
import { title } from "../plan/title.ts";
import type { ImpactDescription } from "./impact.ts";

/** google_sql_database_instance: what does not restart it. */
export const database: ImpactDescription = {
  types: ["google_sql_database_instance"],
  describe: (change) => {
    const name = title(change, "database instance");
    if (change.action === "create")
      return [`${name} is created EMPTY, which takes ${durations.databaseCreated.value}.`];
    if (change.action !== "update") return [];
    const disk =
      lowered(change, "settings.disk_size") === undefined
        ? difference(change, "settings.disk_size")
        : undefined;
    const flags = change.attributes.filter(({ path }) => /^settings\.0\.database_flags/.test(path));
    const names = [...new Set(flags.flatMap(({ path }) => /\["([^"]+)"\]/.exec(path)?.[1] ?? []))].filter(
      (flag) => resourceType(change.type)?.restartedBy?.flags.includes(flag) !== true,
    );
    const window = change.attributes.some(({ path }) => path.startsWith("settings.0.maintenance_window"));
    return [
      ...(disk === undefined
        ? []
        : [`${name} gets a larger disk (${disk.text} GB) without downtime; it cannot shrink again.`]),
      ...(names.length === 0
        ? []
        : [`${name} changes the flag${names.length === 1 ? "" : "s"} ${names.join(", ")}.`]),
      ...(window ? [`${name} gets another maintenance window.`] : []),
    ];
  },
};
