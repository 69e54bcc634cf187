import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

interface Given {
  readonly project?: unknown;
  readonly router?: unknown;
  readonly subnetwork?: unknown;
  readonly instance?: object;
  readonly others?: object;
}
const reported = ({ project = "acme-service", router, subnetwork, instance = {}, others = {} }: Given) =>
  check(ruleById("reachability/other-project"), {
    google_compute_network: { main: { name: "main", project: "acme-host" } },
    google_compute_subnetwork: {
      apps: {
        name: "apps",
        project: "acme-host",
        region: "europe-west1",
        network: "${google_compute_network.main.id}",
      },
      ...others,
    },
    google_compute_router: {
      r: {
        name: "r",
        project: "acme-host",
        region: "europe-west1",
        network: "${google_compute_network.main.id}",
      },
    },
    google_compute_router_nat: {
      n: { name: "n", project, region: "europe-west1", router: router ?? "elsewhere" },
    },
    google_compute_instance: {
      vm: {
        name: "vm",
        project,
        zone: "europe-west1-b",
        network_interface: [{ subnetwork: subnetwork ?? "elsewhere", ...instance }],
      },
    },
  }).map(({ address, message }) => `${address}: ${message}`);

test("a short name is of the same project, an id of any", () => {
  const [router, subnetwork] = ["${google_compute_router.r.name}", "${google_compute_subnetwork.apps.name}"];
  expect(reported({ project: "acme-host", router, subnetwork })).toEqual([]);
  expect(reported({ subnetwork: "${google_compute_subnetwork.apps.id}" })).toEqual([]);
  expect(reported({ subnetwork: "${google_compute_subnetwork.apps.self_link}" })).toEqual([]);
  expect(reported({ subnetwork, instance: { subnetwork_project: "acme-host" } })).toEqual([]);
});

test("a short name of another project is not found", () => {
  expect(reported({ router: "${google_compute_router.r.name}" })).toEqual([
    'google_compute_router_nat.n: router is "r", the short name of google_compute_router.r in project acme-host, and it is in project acme-service; rejected by the API: the name is looked for in acme-service.',
  ]);
  expect(reported({ subnetwork: "${google_compute_subnetwork.apps.name}" })).toEqual([
    expect.stringMatching(/^google_compute_instance.vm: .*subnetwork is "apps", the short name of /),
  ]);
});

test("a name that is no reference, a project that is not known, and a namesake are not judged", () => {
  expect(reported({ router: "r", subnetwork: "apps" })).toEqual([]);
  expect(reported({ project: "${var.project}", router: "${google_compute_router.r.name}" })).toEqual([]);
  const own = { own: { name: "apps", project: "acme-service", region: "europe-west1", network: "n" } };
  expect(reported({ subnetwork: "${google_compute_subnetwork.apps.name}", others: own })).toEqual([]);
});

test("Direct VPC egress of Cloud Run takes the id of a subnet of a host project", () => {
  const said = (reference: string) => {
    const subnetwork = `\${google_compute_subnetwork.apps.${reference}}`;
    const template = { vpc_access: [{ network_interfaces: [{ subnetwork }] }] };
    const place = { project: "acme-service", location: "europe-west1" };
    return check(ruleById("reachability/other-project"), {
      google_compute_subnetwork: { apps: { name: "apps", project: "acme-host", network: "main" } },
      google_cloud_run_v2_service: { s: { name: "s", ...place, template } },
      google_cloud_run_v2_job: { j: { name: "j", ...place, template: { template } } },
    }).map(({ address }) => address);
  };
  expect(said("id")).toEqual([]);
  expect(said("name")).toEqual(["google_cloud_run_v2_service.s", "google_cloud_run_v2_job.j"]);
});
