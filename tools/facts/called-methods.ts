/** What is kept of a discovery document. */
export interface Kept {
  /** Ids of the methods that are called. */
  readonly methods?: readonly string[];
  /** Schemas that are sent in another way, such as what Terraform makes. */
  readonly schemas?: readonly string[];
}

/** By document: every method that this project's requests call, and what its Terraform is held against. */
export const CALLED: Readonly<Record<string, Kept>> = {
  "artifactregistry.v1": {
    methods: ["artifactregistry.projects.locations.repositories.dockerImages.get"],
  },
  "cloudscheduler.v1": { schemas: ["Job"] },
  "compute.v1": { methods: ["compute.addresses.get"] },
  "logging.v2": { methods: ["logging.entries.list", "logging.entries.write"], schemas: ["LogMetric"] },
  "monitoring.v1": { schemas: ["Dashboard"] },
  "monitoring.v3": {
    methods: ["monitoring.projects.metricDescriptors.list", "monitoring.projects.timeSeries.list"],
    schemas: ["AlertPolicy", "NotificationChannel", "Service", "ServiceLevelObjective", "UptimeCheckConfig"],
  },
  "run.v2": {
    methods: [
      "run.projects.locations.jobs.executions.cancel",
      "run.projects.locations.jobs.executions.get",
      "run.projects.locations.jobs.executions.list",
      "run.projects.locations.jobs.run",
      "run.projects.locations.services.create",
      "run.projects.locations.services.get",
      "run.projects.locations.services.patch",
      "run.projects.locations.services.revisions.get",
    ],
  },
  "secretmanager.v1": { methods: ["secretmanager.projects.secrets.versions.get"] },
  "storage.v1": { methods: ["storage.objects.get", "storage.objects.insert"], schemas: ["Bucket", "Policy"] },
  "sts.v1": { methods: ["sts.token"] },
};
