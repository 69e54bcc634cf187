import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Graph, isUnknown, readGraph } from "../../graph/index.ts";

function read(name: string): Promise<Graph> {
  return readGraph([join(__dirname, "../fixtures/plans", name)]);
}

function at(graph: Graph, address: string) {
  const resource = graph.at(address);
  if (resource === undefined) throw new Error(`${address} is not there`);
  return resource;
}

describe("a plan", () => {
  test("says where values known after apply come from, in sets too", async () => {
    const graph = await read("create.json");
    const service = at(graph, "google_cloud_run_v2_service.api");
    const env = service.blocks("template.containers.env");
    const host = env.find((one) => one.string("name") === "REDIS_HOST")?.get("value");
    expect(isUnknown(host) && host.references).toEqual([
      { address: "google_redis_instance.cache", attribute: "host" },
    ]);
    expect(env.find((one) => one.string("name") === "DATABASE_POOL_SIZE")?.get("value")).toBe("5");
    const target = graph.target(
      service.get("template.vpc_access.connector"),
      ["google_vpc_access_connector"],
      service,
    );
    expect(target.kind === "resource" && target.resource.address).toBe("google_vpc_access_connector.main");
  });

  test("leaves out what only the provider or Google fills in", async () => {
    const graph = await read("create.json");
    const service = at(graph, "google_cloud_run_v2_service.api");
    expect(service.get("launch_stage")).toBeUndefined();
    expect(service.get("binary_authorization")).toBeUndefined();
    expect(service.get("template.volumes")).toBeUndefined();
    expect(isUnknown(service.change?.after.get("launch_stage"))).toBe(true);
  });

  test("has instances and modules under Terraform's addresses", async () => {
    const graph = await read("repeated-and-module.json");
    expect(graph.all().map((resource) => resource.address)).toEqual([
      "google_compute_firewall.allow[0]",
      "google_compute_firewall.allow[1]",
      "google_compute_network.main",
      'google_compute_subnetwork.extra["a"]',
      'google_compute_subnetwork.extra["b"]',
      "module.extra.google_compute_subnetwork.this",
    ]);
    const inModule = at(graph, "module.extra.google_compute_subnetwork.this");
    expect([...inModule.dependencies]).toContain("google_compute_network.main");
    expect(inModule.get("ip_cidr_range")).toBe("10.40.8.32/27");
    const target = graph.target(inModule.get("network"), ["google_compute_network"], inModule);
    expect(target.kind === "resource" && target.resource.address).toBe("google_compute_network.main");
    expect([graph.project(inModule), graph.region(inModule)]).toEqual(["acme-dev", "europe-west1"]);
  });

  test("keeps what is done to a resource, and what was before", async () => {
    const connector = at(await read("replace.json"), "google_vpc_access_connector.main");
    expect(connector.change?.actions).toEqual(["delete", "create"]);
    expect(connector.change?.replacePaths).toEqual(["max_instances"]);
    expect([connector.change?.before?.number("max_instances"), connector.number("max_instances")]).toEqual([
      6, 4,
    ]);
  });
});

describe("a state", () => {
  test("holds resources with all their values", async () => {
    const graph = await read("state.json");
    const connector = at(graph, "google_vpc_access_connector.main");
    expect(connector.number("max_instances")).toBe(6);
    expect(graph.project(connector)).toBe("acme-dev");
    const target = graph.target(connector.get("network"), ["google_compute_network"], connector);
    expect(target.kind === "resource" || connector.get("network") === undefined).toBe(true);
  });
});
