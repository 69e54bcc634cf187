import { range } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { machineTypes } from "../machine-types.ts";
import type { ResourceType } from "../resource-type.ts";

/** Private pool of Cloud Build. */
export const cloudbuildWorkerPool: ResourceType = {
  type: "google_cloudbuild_worker_pool",
  label: "worker pool",
  fieldRules: [
    fullNames(
      "https://docs.cloud.google.com/build/docs/api/reference/rest/v1/projects.locations.workerPools#NetworkConfig",
      [fullNameForm("network_config.peered_network", "projects/PROJECT/global/networks/NAME")],
    ),
    {
      id: "capacity/build-pool",
      why: "Workers of a private pool have disks of a bounded size.",
      source: "https://docs.cloud.google.com/build/docs/private-pools/private-pool-config-file-schema",
      constraints: [
        range("worker_config.disk_size_gb", { low: 100, high: 4000, unit: "GB", zeroIsUnset: true }),
      ],
    },
    machineTypes("worker_config"),
  ],
};
