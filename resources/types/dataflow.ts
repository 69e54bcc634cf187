import { form } from "../constraints/index.ts";
import { lowerCaseName } from "../name-form.ts";
import type { ResourceType } from "../resource-type.ts";

const why = "Dataflow reads templates and writes temporary files in Cloud Storage only.";
const source = "https://docs.cloud.google.com/dataflow/docs/reference/pipeline-options";

/** A path of Cloud Storage. */
function bucketPath(attribute: string) {
  return form(attribute, /^gs:\/\/[^/]/, {
    form: "a path of Cloud Storage",
    examples: ["gs://acme-orders-temp/dataflow"],
  });
}

/** Dataflow jobs from templates. */
export const dataflowJobs: readonly ResourceType[] = [
  {
    type: "google_dataflow_job",
    label: "Dataflow job",
    references: {
      network: ["google_compute_network"],
      subnetwork: ["google_compute_subnetwork"],
      service_account_email: ["google_service_account"],
    },
    fieldRules: [
      lowerCaseName("https://docs.cloud.google.com/dataflow/docs/reference/pipeline-options", {
        longest: 1024,
      }),
      {
        id: "service/dataflow-path",
        why,
        source,
        constraints: ["template_gcs_path", "temp_gcs_location"].map(bucketPath),
      },
    ],
  },
  {
    type: "google_dataflow_flex_template_job",
    label: "Dataflow job",
    references: { service_account_email: ["google_service_account"] },
    fieldRules: [
      lowerCaseName("https://docs.cloud.google.com/dataflow/docs/reference/pipeline-options", {
        longest: 1024,
      }),
      {
        id: "service/dataflow-path",
        source,
        constraints: ["container_spec_gcs_path", "temp_location", "staging_location"].map(bucketPath),
      },
    ],
  },
];
