import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const said = (type: string, body: object) =>
  check(ruleById("capacity/machine-type"), { [type]: { one: body } }).map(({ message }) => message);
const machine = (machine_type: string, more: object = {}) =>
  said("google_compute_instance", { name: "a", zone: "europe-west1-b", machine_type, ...more });
const gpu = (type: string, count = 1) => ({ guest_accelerator: [{ type, count }] });

/** The kind: sizes that a series does not have, and GPUs on machines of another series. */
describe("capacity/machine-type", () => {
  test.each([
    "e2-micro",
    "e2-standard-32",
    "e2-custom-4-8192",
    "e2-custom-small-2048",
    "custom-4-8192",
    "n1-highmem-96",
    "n1-ultramem-40",
    "n2-custom-8-65536-ext",
    "n2d-standard-224",
    "t2d-standard-60",
    "g2-standard-12",
    "a2-megagpu-16g",
    "f1-micro",
    "projects/acme/zones/europe-west1-b/machineTypes/e2-medium",
    // Series to which sizes are added.
    "c4-standard-288-metal",
    "z9-standard-7",
    "n4-standard-6",
    "${var.type}",
  ])("%s is not refused", (type) => {
    expect(machine(type)).toEqual([]);
  });

  test.each([
    ["e2-standard-3", 'the series e2 has no such size; the next one is "e2-standard-4"'],
    ["e2-standard-64", 'the series e2 has no such size; the next one is "e2-standard-32"'],
    ["e2-large", "the series e2 has micro, small, medium, standard, highmem, highcpu only"],
    ["n1-standard-6", 'the next one is "n1-standard-8"'],
    ["c3-standard4", 'a type has the form SERIES-KIND-SIZE, for example "e2-standard-4"'],
    ["e2_standard_4", "a type has the form SERIES-KIND-SIZE"],
  ])("%s is refused", (type, because) => {
    expect(machine(type)).toEqual([expect.stringMatching(/^machine_type is ".*"; rejected by the API: /)]);
    expect(machine(type)[0]).toContain(because);
  });

  test("a GPU is on a machine of its series, and the machine is not migrated", () => {
    const scheduling = (on_host_maintenance: string) => ({ scheduling: [{ on_host_maintenance }] });
    expect(machine("n1-standard-4", gpu("nvidia-tesla-t4"))).toEqual([]);
    expect(machine("n1-standard-4", { ...gpu("nvidia-tesla-t4"), ...scheduling("TERMINATE") })).toEqual([]);
    expect(machine("e2-standard-4", gpu("nvidia-tesla-t4", 0))).toEqual([]);
    expect(machine("g2-standard-4", gpu("projects/p/zones/z/acceleratorTypes/nvidia-l4"))).toEqual([]);
    expect(machine("n2-standard-4", gpu("nvidia-tesla-t4"))).toEqual([
      'guest_accelerator is nvidia-tesla-t4 with machine_type "n2-standard-4"; rejected by the API: this GPU is attached to machines of another series only.',
    ]);
    expect(machine("n1-standard-4", { ...gpu("nvidia-tesla-t4"), ...scheduling("MIGRATE") })).toEqual([
      "scheduling.on_host_maintenance is MIGRATE with a guest_accelerator; rejected by the API: a machine with a GPU is not migrated.",
    ]);
  });

  test("templates and node pools have machines too", () => {
    expect(said("google_compute_instance_template", { machine_type: "e2-standard-5" })).toHaveLength(1);
    const node_config = [{ machine_type: "e2-standard-5" }];
    expect(said("google_container_node_pool", { cluster: "c", node_config })).toHaveLength(1);
    expect(said("google_container_cluster", { name: "c", node_config })).toHaveLength(1);
    expect(said("google_container_cluster", { name: "c", node_pool: [{ node_config }] })).toHaveLength(1);
  });

  test("a machine that encrypts its memory is of a series that does", () => {
    const confidential = { confidential_instance_config: [{ enable_confidential_compute: true }] };
    expect(machine("n2d-standard-4", confidential)).toEqual([]);
    expect(machine("z9-standard-4", confidential)).toEqual([]);
    expect(machine("e2-standard-4", confidential)).toHaveLength(1);
  });

  test("disks are Persistent Disks or Hyperdisks", () => {
    const disk = (type: string) =>
      check(ruleById("capacity/disk-type"), { google_compute_disk: { a: { name: "a", type } } });
    for (const right of [
      "pd-ssd",
      "hyperdisk-balanced-high-availability",
      "projects/p/zones/z/diskTypes/pd-ssd",
    ])
      expect(disk(right)).toEqual([]);
    for (const wrong of ["ssd", "pd-sdd", "PD_SSD"]) expect(disk(wrong)).toHaveLength(1);
  });
});
