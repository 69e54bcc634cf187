import { conflict, duration, form, order, range } from "../constraints/index.ts";
import { diskTypes, machineTypes } from "../machine-types.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the data in it are deleted",
  holdsData: true,
};

const networkInterface = {
  "network_interface.network": ["google_compute_network"],
  "network_interface.subnetwork": ["google_compute_subnetwork"],
};

const scheduling: FieldRule = {
  id: "service/spot-machine",
  why: "A machine that Google may take away at any time is not started again by itself.",
  source: "https://docs.cloud.google.com/compute/docs/instances/create-use-spot",
  constraints: [
    conflict(
      { "scheduling.provisioning_model": ["SPOT"], "scheduling.automatic_restart": [true] },
      { because: "a Spot VM is never restarted", fix: "Set automatic_restart = false." },
    ),
    conflict(
      { "scheduling.preemptible": [true], "scheduling.automatic_restart": [true] },
      { because: "a preemptible VM is never restarted", fix: "Set automatic_restart = false." },
    ),
  ],
};

const snapshots: FieldRule = {
  id: "time/snapshot-schedule",
  why: "Snapshots of a schedule start at a full hour.",
  source: "https://docs.cloud.google.com/compute/docs/disks/scheduled-snapshots",
  constraints: ["daily_schedule", "hourly_schedule"].map((schedule) =>
    form("start_time", /^(?:[01]?\d|2[0-3]):00$/, {
      within: `snapshot_schedule_policy.schedule.${schedule}`,
      form: "a full hour of UTC, HH:00",
      examples: ["04:00"],
      outcome: "rejected at plan",
    }),
  ),
};

const transfers: FieldRule = {
  id: "time/transfer-interval",
  why: "Storage Transfer Service starts a job again after an hour at the earliest.",
  source: "https://docs.cloud.google.com/storage-transfer/docs/reference/rest/v1/transferJobs",
  constraints: [duration("schedule.repeat_interval", { low: 3600 })],
};

const replicas: FieldRule = {
  id: "capacity/autoscaler",
  why: "An autoscaler moves the size of a group between two bounds.",
  source: "https://docs.cloud.google.com/compute/docs/autoscaler",
  constraints: [
    order("autoscaling_policy.min_replicas", "autoscaling_policy.max_replicas", { orEqual: true }),
    ...["cpu_utilization", "load_balancing_utilization"].map((measure) =>
      range(`autoscaling_policy.${measure}.target`, {
        low: 0,
        high: 1,
        because: "it is a share, not percent",
        fix: "Write for example 0.6.",
      }),
    ),
  ],
};

/** Stores of other products, machines and their groups. */
export const dataStores: readonly ResourceType[] = [
  { type: "google_compute_disk", label: "storage", deleteImpact, fieldRules: [diskTypes("type")] },
  { type: "google_compute_region_disk", label: "storage", deleteImpact, fieldRules: [diskTypes("type")] },
  {
    type: "google_compute_instance",
    label: "storage",
    references: networkInterface,
    // Where the block is written, the reference names the instance as a whole.
    server: {
      kind: "machine",
      address: /^$|^network_interface.*network_ip/,
      network: ["network_interface.network"],
    },
    deleteImpact,
    fieldRules: [scheduling, machineTypes(), diskTypes("boot_disk.initialize_params.type")],
  },
  ...["google_compute_instance_template", "google_compute_region_instance_template"].map((type) => ({
    type,
    label: "instance template",
    references: networkInterface,
    fieldRules: [scheduling, machineTypes(), diskTypes("disk_type", "disk[]")],
  })),
  { type: "google_compute_resource_policy", label: "schedule", fieldRules: [snapshots] },
  { type: "google_storage_transfer_job", label: "transfer", nameAttribute: null, fieldRules: [transfers] },
  ...["google_compute_autoscaler", "google_compute_region_autoscaler"].map((type) => ({
    type,
    label: "autoscaler",
    fieldRules: [replicas],
  })),
];
