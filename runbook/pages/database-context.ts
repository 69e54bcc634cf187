import type { DatabaseInstance } from "../../platform/backing-services/databases.ts";
import type { RunbookContext } from "../page.ts";

/** Commands that every page on the database needs. */
export function databaseContext(
  { project, projectFlag, logs, services, databaseUses }: RunbookContext,
  { instance, databaseId, engine }: DatabaseInstance,
) {
  return {
    describe: `gcloud sql instances describe ${instance} --format="table(state,settings.tier,settings.availabilityType,settings.dataDiskSizeGb)" ${projectFlag}`,
    operations: `gcloud sql operations list --instance=${instance} --limit=10 ${projectFlag}`,
    errors: logs(
      `resource.type="cloudsql_database" AND resource.labels.database_id="${databaseId}" AND severity>=ERROR`,
    ),
    /** Runs queries without a way into the network. */
    studio: `[Cloud SQL Studio](https://console.cloud.google.com/sql/instances/${instance}/studio?project=${project})`,
    /** Services that use it, in order of deployment. */
    users: services.filter((service) =>
      databaseUses(service).some((use) => use.instance.instance === instance),
    ),
    /** Where the dashboard shows it. */
    section: `${engine.label}: ${instance}`,
  };
}
