import { custom, form, order, range, unique } from "../constraints/index.ts";
import { nameForm } from "../name-form.ts";
import { zoneForm } from "../places.ts";
import type { ResourceType } from "../resource-type.ts";

const INSTANCES = "https://docs.cloud.google.com/bigtable/docs/instances-clusters-nodes";

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
      nameForm(/^[a-z][a-z0-9-]{4,31}[a-z0-9]$/, {
        source: INSTANCES,
        words: "6 to 33 lower-case letters, digits and hyphens, a letter first and no hyphen last",
      }),
      nameForm(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, {
        source: INSTANCES,
        attribute: "cluster_id",
        within: "cluster[]",
        words: "6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last",
      }),
      {
        id: "data/bigtable-shape",
        why: "A cluster of Bigtable is in one zone, and each cluster of an instance in another; the provider does not check it.",
        source: INSTANCES,
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
  {
    type: "google_bigtable_table",
    label: "storage",
    deleteImpact,
    fieldRules: [
      {
        id: "data/bigtable-shape",
        source: "https://docs.cloud.google.com/bigtable/docs/change-streams-overview",
        constraints: [
          custom("change_stream_retention: 1 to 7 days", function* (table) {
            const written = table.string("change_stream_retention") ?? "";
            const [, count, unit = ""] = /^(\d+)(h|d|m|s)(?:0[ms]0?s?)?$/.exec(written) ?? [];
            const hours = Number(count) * { h: 1, d: 24, m: 1 / 60, s: 1 / 3600 }[unit as "h"];
            if (Number.isNaN(hours) || hours === 0 || (hours >= 24 && hours <= 168)) return;
            yield {
              found: `change_stream_retention is "${written}"`,
              because: "a change stream is kept for a day to 7 days",
              fix: 'Write for example "168h".',
            };
          }),
        ],
      },
    ],
  },
];
