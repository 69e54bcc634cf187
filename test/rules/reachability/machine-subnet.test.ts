import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const said = (type: string, machine: object, region: unknown = "europe-west1") =>
  check(ruleById("reachability/machine-subnet"), {
    google_compute_subnetwork: { app: { name: "app", region } },
    [type]: { m: { network_interface: { subnetwork: "${google_compute_subnetwork.app.id}" }, ...machine } },
  }).map(({ message }) => message);

test("a machine in a zone of the subnet's region, and a template of any region, fit", () => {
  expect(said("google_compute_instance", { zone: "europe-west1-b" })).toEqual([]);
  expect(said("google_compute_instance_template", {})).toEqual([]);
  expect(said("google_compute_region_instance_template", {})).toEqual([]);
});

test("one of another region does not", () => {
  const message =
    "it is in us-east1, and its subnet google_compute_subnetwork.app is in europe-west1; rejected by the API: a machine takes subnets of its own region.";
  expect(said("google_compute_instance", { zone: "us-east1-b" })).toEqual([message]);
  expect(said("google_compute_region_instance_template", { region: "us-east1" })).toEqual([message]);
});

test("what is not known may fit", () => {
  expect(said("google_compute_instance", { zone: "${var.zone}" })).toEqual([]);
  expect(said("google_compute_instance", { zone: "us-east1-b" }, "${var.region}")).toEqual([]);
});
