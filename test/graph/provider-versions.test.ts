import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Graph, graphFromTerraformJson, readGraph } from "../../graph/index.ts";
import { folderOf } from "./support.ts";

/** The versions of each resource's provider by its address. */
function versions(graph: Graph): Record<string, string> {
  return Object.fromEntries(
    graph.all().map((resource) => [resource.address, graph.providerVersions(resource).toString()]),
  );
}

const NETWORK = 'resource "google_compute_network" "main" {\n  name = "main"\n}\n';
const BETA = 'resource "google_compute_network" "beta" {\n  provider = google-beta\n  name = "beta"\n}\n';
const required = (google: string) =>
  `terraform {\n  required_providers {\n    google = {\n      source  = "hashicorp/google"\n      version = "${google}"\n    }\n  }\n}\n`;
const lock = (version: string) =>
  `provider "registry.terraform.io/hashicorp/google" {\n  version     = "${version}"\n  constraints = ">= 5.0.0"\n  hashes = [\n    "h1:x",\n  ]\n}\n`;

describe("the versions that an input allows of its provider", () => {
  test("are those of required_providers", async () => {
    const graph = await readGraph([folderOf({ "main.tf": required("~> 6.4") + NETWORK })]);
    expect(versions(graph)).toEqual({ "google_compute_network.main": "from 6.4.0 until 7.0.0" });
    expect(graph.notes).toEqual([]);
  });

  test("are those that every module of the tree allows", async () => {
    const folder = folderOf({
      "main.tf": `${required(">= 5.0")}module "net" {\n  source = "./net"\n}\n`,
      "net/main.tf": required("< 7.0, != 6.1.0") + NETWORK,
    });
    expect(versions(await readGraph([folder]))).toEqual({
      "module.net.google_compute_network.main": "from 5.0.0 until 6.1.0 or from 6.1.1 until 7.0.0",
    });
  });

  test("is the one of the lock file, where there is one", async () => {
    const folder = folderOf({
      "main.tf": required(">= 5.0") + NETWORK,
      ".terraform.lock.hcl": `# maintained by terraform init\n\n${lock("6.50.0")}`,
    });
    expect(versions(await readGraph([folder]))).toEqual({ "google_compute_network.main": "6.50.0" });
    expect(versions(await readGraph([join(folder, "main.tf")]))).toEqual({
      "google_compute_network.main": "6.50.0",
    });
  });

  test("are those of the constraint, where the lock file contradicts it", async () => {
    const folder = folderOf({
      "main.tf": required("~> 7.0") + NETWORK,
      ".terraform.lock.hcl": lock("6.50.0"),
    });
    expect(versions(await readGraph([folder]))).toEqual({
      "google_compute_network.main": "from 7.0.0 until 8.0.0",
    });
  });

  test("are apart for google and google-beta, whatever their local names and aliases", async () => {
    const folder = folderOf({
      "main.tf": `terraform {
  required_providers {
    google-beta = "~> 5.0"
    gcp = {
      source  = "registry.terraform.io/hashicorp/google"
      version = "7.1.0"
    }
  }
}
provider "gcp" {
  alias = "eu"
}
${BETA}
resource "google_compute_network" "eu" {
  provider = gcp.eu
  name = "eu"
}
`,
    });
    const graph = await readGraph([folder]);
    expect(versions(graph)).toEqual({
      "google_compute_network.beta": "from 5.0.0 until 6.0.0",
      "google_compute_network.eu": "7.1.0",
    });
    expect(graph.notes).toEqual([]);
  });

  test("are those of Terraform JSON, as cdktf writes it", () => {
    const json = {
      terraform: { required_providers: { google: { source: "google", version: "6.50.0" } } },
      resource: { google_compute_network: { main: { name: "main" } } },
    };
    expect(versions(graphFromTerraformJson([{ origin: "network", json }]))).toEqual({
      "google_compute_network.main": "6.50.0",
    });
  });

  test("are those of the configuration in a plan", async () => {
    const name = "registry.terraform.io/hashicorp/google";
    const network = {
      address: "google_compute_network.main",
      mode: "managed",
      type: "google_compute_network",
      name: "main",
      provider_name: name,
      values: { name: "main" },
    };
    const plan = {
      format_version: "1.2",
      planned_values: { root_module: { resources: [network] } },
      resource_changes: [],
      configuration: {
        provider_config: {
          google: { name: "google", full_name: name, version_constraint: ">= 5.0.0" },
          "module.net:google": { name: "google", full_name: name, version_constraint: "< 7.0.0" },
        },
      },
    };
    const folder = folderOf({ "plan.json": JSON.stringify(plan) });
    expect(versions(await readGraph([join(folder, "plan.json")]))).toEqual({
      "google_compute_network.main": "from 5.0.0 until 7.0.0",
    });
    writeFileSync(join(folder, ".terraform.lock.hcl"), lock("6.2.1"));
    expect(versions(await readGraph([join(folder, "plan.json")]))).toEqual({
      "google_compute_network.main": "6.2.1",
    });
  });
});

describe("an input that states no version", () => {
  test("is checked against the newest, and says so once without being incomplete", async () => {
    const one = folderOf({ "main.tf": `${NETWORK}resource "google_compute_network" "more" {}\n` });
    const two = folderOf({ "main.tf": NETWORK });
    const graph = await readGraph([one, two]);
    expect(new Set(Object.values(versions(graph)))).toEqual(new Set(["8.0.0"]));
    expect(graph.notes).toEqual([
      `No version of the provider hashicorp/google is stated in ${one}, ${two}: it was checked against 8.0.0, the newest known. State one in required_providers.`,
    ]);
    expect(graph.complete).toBe(true);
    const [network] = graph.all();
    expect(network === undefined || graph.statesProviderVersion(network)).toBe(false);
  });

  test("is named also where it states one of another provider", async () => {
    const graph = await readGraph([folderOf({ "main.tf": required("6.50.0") + BETA })]);
    expect(graph.notes).toEqual([
      expect.stringContaining("No version of the provider hashicorp/google-beta"),
    ]);
  });

  test("says nothing where it uses no provider of Google", async () => {
    const graph = await readGraph([folderOf({ "main.tf": 'resource "random_id" "main" {}\n' })]);
    expect(graph.notes).toEqual([]);
  });
});

test("constraints that cannot be taken into account are named", async () => {
  const folder = folderOf({
    "main.tf": `${required("~> 5.0")}module "net" {\n  source = "./net"\n}\n`,
    "net/main.tf": required(">= 6.0") + NETWORK,
    "net/versions.tf": 'provider "google" {\n  version = "latest"\n}\n',
  });
  const graph = await readGraph([folder]);
  expect(versions(graph)).toEqual({ "module.net.google_compute_network.main": "from 5.0.0 until 6.0.0" });
  expect(graph.notes).toEqual([
    `${folder}: no version of hashicorp/google satisfies ">= 6.0" as well as the other constraints; it was left out.`,
    `${folder}: "latest" is not a version constraint of hashicorp/google, and was left out.`,
  ]);
});
