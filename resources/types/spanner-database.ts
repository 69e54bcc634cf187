import { custom } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_DAYS = 7;

/** Database of Spanner. */
export const spannerDatabase: ResourceType = {
  type: "google_spanner_database",
  label: "database",
  deleteImpact: { destroyed: "the data in it are deleted", holdsData: true },
  fieldRules: [
    {
      id: "data/spanner-retention",
      why: "Spanner keeps old versions of data for a bounded time.",
      source: "https://docs.cloud.google.com/spanner/docs/use-pitr",
      constraints: [
        custom(`version_retention_period: 1h to ${LONGEST_DAYS}d`, function* (database) {
          const written = database.string("version_retention_period") ?? "";
          const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(written) ?? [];
          const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
          if (Number.isNaN(seconds) || (seconds >= 3600 && seconds <= LONGEST_DAYS * 86_400)) return;
          yield {
            found: `version_retention_period is "${written}"`,
            because: `old versions are kept for an hour to ${LONGEST_DAYS} days`,
            fix: `Write for example "${LONGEST_DAYS}d".`,
          };
        }),
      ],
    },
  ],
};
