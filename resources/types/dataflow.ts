import { form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Dataflow job from a template. */
export const dataflowJob: ResourceType = {
  type: "google_dataflow_job",
  label: "Dataflow job",
  references: {
    network: ["google_compute_network"],
    subnetwork: ["google_compute_subnetwork"],
    service_account_email: ["google_service_account"],
  },
  fieldRules: [
    {
      id: "service/dataflow-path",
      why: "Dataflow reads templates and writes temporary files in Cloud Storage only.",
      source: "https://docs.cloud.google.com/dataflow/docs/reference/pipeline-options",
      constraints: ["template_gcs_path", "temp_gcs_location"].map((attribute) =>
        form(attribute, /^gs:\/\/[^/]/, {
          form: "a path of Cloud Storage",
          examples: ["gs://acme-orders-temp/dataflow"],
        }),
      ),
    },
  ],
};
