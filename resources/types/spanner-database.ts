import { custom, form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_DAYS = 7;

/** Databases of Spanner, and when they are backed up. */
export const spannerDatabases: readonly ResourceType[] = [
  {
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
  },
  {
    type: "google_spanner_backup_schedule",
    label: "backup schedule",
    fieldRules: [
      {
        id: "time/spanner-backups",
        why: "Spanner makes backups by the fields of a crontab, and the provider takes any text.",
        source: "https://docs.cloud.google.com/spanner/docs/backup/create-manage-backup-schedules",
        constraints: [
          form("spec.cron_spec.text", /^\s*[\d*/,-]+(?:\s+[\dA-Za-z*/,-]+){4}\s*$/, {
            form: "five fields of a crontab",
            examples: ["0 3 * * *"],
          }),
        ],
      },
    ],
  },
];
