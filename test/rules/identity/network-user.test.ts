import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const attached = {
  google_compute_shared_vpc_service_project: {
    shop: { host_project: "acme-host", service_project: "acme-shop" },
  },
};
const service = (host: string, project = "acme-shop") => ({
  google_cloud_run_v2_service: {
    api: {
      name: "api",
      project,
      location: "europe-west1",
      template: {
        vpc_access: {
          network_interfaces: { subnetwork: `projects/${host}/regions/europe-west1/subnetworks/run` },
        },
      },
    },
  },
});
const granted = (role: string, member: string) => ({
  google_compute_subnetwork_iam_member: { run: { subnetwork: "run", role, member } },
});
const AGENT = "serviceAccount:service-1@serverless-robot-prod.iam.gserviceaccount.com";
const said = (resources: Resources) =>
  check(ruleById("identity/network-user"), resources).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );

test("Cloud Run of a service project needs the role on the host project's subnet", () => {
  expect(said({ ...attached, ...service("acme-host") })).toEqual([
    'warning: it enters a subnet of the host project "acme-host", and no account of serverless-robot-prod.iam.gserviceaccount.com has roles/compute.networkUser there; rejected by the API: the service agent may not use the subnet.',
  ]);
  expect(
    said({ ...attached, ...service("acme-host"), ...granted("roles/compute.networkUser", AGENT) }),
  ).toEqual([]);
  expect(
    said({ ...attached, ...service("acme-host"), ...granted("roles/compute.viewer", AGENT) }),
  ).toHaveLength(1);
});

test("a service of the host project itself, and a host that others attach, are not judged", () => {
  expect(said({ ...attached, ...service("acme-host", "acme-host") })).toEqual([]);
  expect(said({ ...attached, ...service("other-host") })).toEqual([]);
  expect(said(service("acme-host"))).toEqual([]);
});

test("a subnet that the input defines is in the project that it names", () => {
  const subnet = (project: string) => ({
    google_compute_subnetwork: { run: { name: "run", project, region: "europe-west1" } },
    google_cloud_run_v2_service: {
      api: {
        name: "api",
        project: "acme-shop",
        location: "europe-west1",
        template: {
          vpc_access: { network_interfaces: { subnetwork: "${google_compute_subnetwork.run.id}" } },
        },
      },
    },
  });
  expect(said({ ...attached, ...subnet("acme-host") })).toHaveLength(1);
  expect(
    said({ ...attached, ...subnet("acme-host"), ...granted("roles/compute.networkUser", AGENT) }),
  ).toEqual([]);
  expect(said({ ...attached, ...subnet("acme-shop") })).toEqual([]);
});
