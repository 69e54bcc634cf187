import { describe, expect, test } from "@jest/globals";
import type { Target } from "../../graph/index.ts";
import { graphOf, type Surroundings } from "../rules/support.ts";

const network = ["google_compute_network"];
const resources = {
  google_compute_network: { vpc: { name: "shared-vpc" } },
  google_compute_subnetwork: { app: { name: "app", region: "europe-west1" } },
  google_sql_database_instance: { main: { name: "staging-shared-postgres", region: "europe-west1" } },
  google_service_account: { api: { account_id: "api" } },
  google_secret_manager_secret: { key: { secret_id: "api-key" } },
  google_cloud_run_v2_service: { api: { name: "api", location: "europe-west1" } },
};

function follow(value: unknown, types: string[], surroundings: Surroundings = {}): string {
  const graph = graphOf({ ...resources, google_probe: { p: { value } } }, surroundings);
  const [probe] = graph.all("google_probe");
  if (probe === undefined) throw new Error("no probe");
  return say(graph.target(probe.get("value"), types, probe));
}

function say(target: Target): string {
  if (target.kind === "resource") return target.resource.address;
  return target.kind === "missing" ? `missing, nearest ${target.nearest?.address}` : `unknown: ${target.why}`;
}

describe("target", () => {
  test.each([
    ["${google_compute_network.vpc.id}"],
    ["${google_compute_network.vpc.name}"],
    ["shared-vpc"],
    ["projects/acme-dev/global/networks/shared-vpc"],
    ["https://www.googleapis.com/compute/v1/projects/acme-dev/global/networks/shared-vpc"],
    ["global/networks/shared-vpc"],
    ["projects/${var.p}/global/networks/${google_compute_network.vpc.name}"],
    ["projects/${var.p}/global/networks/shared-vpc"],
  ])("follows %s to the network", (value) => {
    expect(follow(value, network)).toBe("google_compute_network.vpc");
  });

  test.each([
    ["acme-dev:europe-west1:staging-shared-postgres", "google_sql_database_instance", "main"],
    ["api@acme-dev.iam.gserviceaccount.com", "google_service_account", "api"],
    ["serviceAccount:${google_service_account.api.email}", "google_service_account", "api"],
    [
      "projects/acme-dev/serviceAccounts/api@acme-dev.iam.gserviceaccount.com",
      "google_service_account",
      "api",
    ],
    ["projects/acme-dev/secrets/api-key/versions/3", "google_secret_manager_secret", "key"],
    ["projects/acme-dev/locations/europe-west1/services/api", "google_cloud_run_v2_service", "api"],
  ])("follows %s", (value, type, name) => {
    expect(follow(value, [type])).toBe(`${type}.${name}`);
  });

  test("says which one is nearest where a name is not defined", () => {
    expect(follow("staging-postgres", ["google_sql_database_instance"])).toBe(
      "missing, nearest google_sql_database_instance.main",
    );
    expect(
      follow("projects/acme-dev/regions/us-central1/subnetworks/app", ["google_compute_subnetwork"]),
    ).toBe("missing, nearest google_compute_subnetwork.app");
  });

  test.each([
    ["default", "google_compute_network", /exist outside/],
    [
      "projects/host/global/networks/shared-vpc",
      "google_compute_network",
      /no google_compute_network of that project/,
    ],
    ["cache", "google_redis_instance", /no google_redis_instance of that project/],
    ["${var.network}", "google_compute_network", /variable network has no value|var\.network|network is not/],
  ])("does not judge %s", (value, type, why) => {
    expect(follow(value, [type])).toMatch(why);
  });

  test.each([
    "1234-compute@developer.gserviceaccount.com",
    "service-1@gcp-sa-run.iam.gserviceaccount.com",
    "user:someone@example.com",
    "allUsers",
    "109876543210987654321",
    "principalSet://iam.googleapis.com/x",
  ])("does not take %s for a service account that is missing", (value) => {
    expect(follow(value, ["google_service_account"])).toMatch(/^unknown/);
  });

  test.each<[unknown, string]>([
    ["${google_compute_network.odd.name}-copy", "unknown: only a piece of its name is known"],
    ["${google_compute_network.odd.id}/extra", "google_compute_network.odd"],
    ["${google_compute_router.r.network}", "google_compute_network.odd"],
    ["net-1", 'unknown: the name of google_compute_network.odd is not known, it may be "net-1"'],
    ["shared-vcp", "missing, nearest google_compute_network.vpc"],
  ])("with a network whose name is half known, takes %s for %s", (value, expected) => {
    const graph = graphOf({
      ...resources,
      google_compute_network: {
        ...resources.google_compute_network,
        odd: { name: "net-${random_id.x.hex}" },
      },
      google_compute_router: { r: { network: "${google_compute_network.odd.id}" } },
      google_probe: { p: { value } },
    });
    const [probe] = graph.all("google_probe");
    if (probe === undefined) throw new Error("no probe");
    expect(say(graph.target(probe.get("value"), network, probe))).toBe(expected);
  });

  test("does not compare a project's number with its name", () => {
    expect(follow("projects/123/secrets/api-key", ["google_secret_manager_secret"])).toBe(
      "google_secret_manager_secret.key",
    );
    expect(follow("projects/123/secrets/other", ["google_secret_manager_secret"])).toMatch(/^unknown/);
  });

  test("does not judge what is declared external", () => {
    expect(follow("hub", network, { external: ["network:hub"] })).toBe('unknown: "hub" is declared external');
  });
});

describe("what the input does not define", () => {
  const severity = (value: string, type: string, surroundings: Surroundings = { whole: false }) => {
    const graph = graphOf({ ...resources, google_probe: { p: { value } } }, surroundings);
    const [probe] = graph.all("google_probe");
    const target = graph.target(value, [type], probe ?? graph.all()[0] ?? failed());
    return target.kind === "missing"
      ? target.certain
        ? "does not exist"
        : "may exist elsewhere"
      : target.kind;
  };
  const failed = (): never => {
    throw new Error("no resource");
  };

  test("may exist elsewhere", () => {
    expect(severity("db-password", "google_secret_manager_secret")).toBe("may exist elsewhere");
    expect(severity("web", "google_cloud_run_v2_service")).toBe("may exist elsewhere");
    expect(severity("shared-vpc-2", "google_compute_network")).toBe("may exist elsewhere");
  });

  test("does not exist where it is almost a name that is defined", () => {
    for (const near of ["api-keys", "api_key", "Api-Key", "apikey"])
      expect(severity(near, "google_secret_manager_secret")).toBe("does not exist");
    expect(severity("shard-vpc", "google_compute_network")).toBe("does not exist");
  });

  test("does not exist where the input is whole", () => {
    expect(severity("db-password", "google_secret_manager_secret", { whole: true })).toBe("does not exist");
  });

  test("does not exist in the region where the literal puts it", () => {
    const other = "projects/acme-dev/regions/us-east1/subnetworks/app";
    expect(severity(other, "google_compute_subnetwork")).toBe("does not exist");
  });
});
