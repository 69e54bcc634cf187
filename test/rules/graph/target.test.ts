import { describe, expect, test } from "@jest/globals";
import type { Target } from "../../../rules/graph/graph.ts";
import { graphOf, type Surroundings } from "../support.ts";

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
    [
      "${var.network}",
      "google_compute_network",
      /variable network has no default|var\.network|network is not/,
    ],
  ])("does not judge %s", (value, type, why) => {
    expect(follow(value, [type])).toMatch(why);
  });

  test("does not judge what is declared external", () => {
    expect(follow("hub", network, { external: ["network:hub"] })).toBe('unknown: "hub" is declared external');
  });
});
