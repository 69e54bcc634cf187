import { form, order, range, unique } from "../constraints/index.ts";
import { zoneForm } from "../places.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the data in them are deleted",
  holdsData: true,
};

/** Bigtable: instances with their clusters, and tables. */
export const bigtable: readonly ResourceType[] = [
  {
    type: "google_bigtable_instance",
    label: "storage",
    deleteImpact,
    fieldRules: [
      {
        id: "data/bigtable-shape",
        why: "A cluster of Bigtable is in one zone, and each cluster of an instance in another; the provider does not check it.",
        source: "https://docs.cloud.google.com/bigtable/docs/instances-clusters-nodes",
        constraints: [
          form("zone", zoneForm, { within: "cluster[]", form: "a zone", examples: ["europe-west1-b"] }),
          order("min_nodes", "max_nodes", { within: "cluster[].autoscaling_config", orEqual: true }),
          range("cpu_target", {
            within: "cluster[].autoscaling_config",
            low: 10,
            high: 80,
            unit: "percent",
            source: "https://docs.cloud.google.com/bigtable/docs/autoscaling",
          }),
          unique("cluster", "zone", {
            because: "the clusters of an instance are in zones of their own",
            fix: "Name another zone.",
          }),
          unique("cluster", "cluster_id", {
            because: "each cluster has an id of its own",
            fix: "Name another cluster_id.",
          }),
        ],
      },
    ],
  },
  { type: "google_bigtable_table", label: "storage", deleteImpact },
];
