import type { RunbookContext } from "../page.ts";

/** Commands that every page on the database needs. */
export function databaseContext({ project, names, projectFlag, logs }: RunbookContext) {
  return {
    describe: `gcloud sql instances describe ${names.database} --format="table(state,settings.tier,settings.availabilityType,settings.dataDiskSizeGb)" ${projectFlag}`,
    operations: `gcloud sql operations list --instance=${names.database} --limit=10 ${projectFlag}`,
    errors: logs(
      `resource.type="cloudsql_database" AND resource.labels.database_id="${names.databaseId}" AND severity>=ERROR`,
    ),
    /** Runs queries without a way into the network. */
    studio: `[Cloud SQL Studio](https://console.cloud.google.com/sql/instances/${names.database}/studio?project=${project})`,
    /** Where the dashboard shows it. */
    section: `PostgreSQL: ${names.database}`,
  };
}
