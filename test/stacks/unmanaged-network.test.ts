import { expect, test } from "@jest/globals";
import { topology } from "../../analysis/topology/topology.ts";
import { gatePlan } from "../../platform/preflight/preflight-gate.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbook } from "../../runbook/runbook.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Json, resource, resources, synthesisOf, synthesized } from "../support/synthesized.ts";

const shared = changedShape("sharedvpc");
const subject = shared.environment();
const stacks = synthesized(subject);

test("nothing of the network is created, and no stack waits for it", () => {
  const types = Object.values(stacks).flatMap((json) => Object.keys(json.resource));
  expect(
    types.filter((type) =>
      /compute_(network|subnetwork|router|address|global_address|firewall)|vpc_access|service_networking/.test(
        type,
      ),
    ),
  ).toEqual([]);
  const { stacks: all } = synthesisOf(subject);
  expect(all.map(({ name }) => name)).not.toContain("sharedvpc-network");
  expect(all.find(({ name }) => name === "sharedvpc-data")?.dependencies).toEqual(["sharedvpc-foundation"]);
});

test("services, jobs, data and connectivity tests name what is in the host project", () => {
  const host = "projects/acme-network";
  const web = resource(stacks["sharedvpc-service-web"], "google_cloud_run_v2_service");
  expect(web.template.vpc_access.network_interfaces).toEqual([
    {
      network: `${host}/global/networks/corp-vpc`,
      subnetwork: `${host}/regions/europe-west1/subnetworks/run-europe-west1`,
    },
  ]);
  const api = resource(stacks["sharedvpc-service-api"], "google_cloud_run_v2_service");
  expect(api.template.vpc_access.connector).toBe(`${host}/locations/europe-west1/connectors/corp-connector`);
  const database = resource(stacks["sharedvpc-data"], "google_sql_database_instance");
  expect(database.settings.ip_configuration).toMatchObject({
    private_network: `${host}/global/networks/corp-vpc`,
    allocated_ip_range: "google-managed-services",
  });
  const tests = resources(stacks["sharedvpc-operations"], "google_network_management_connectivity_test");
  expect(tests.map(({ source }: Json) => source.network)).toEqual(
    tests.map(() => `${host}/global/networks/corp-vpc`),
  );
  expect(tests.length).toBeGreaterThan(1);
});

test("the gate looks the addresses of Cloud NAT up in the host project", () => {
  expect(gatePlan(shared.plan())).toMatchObject({
    project: "acme-web",
    networkProject: "acme-network",
    natAddresses: ["corp-nat-1"],
  });
  expect(gatePlan(changedShape("givennet").plan())).not.toHaveProperty("networkProject");
});

test("the picture has what others manage, once, with the services that enter it", () => {
  const { nodes, edges } = topology(synthesisOf(subject).graph(subject));
  const outside = nodes.filter(({ resource: of }) => of === undefined);
  expect(outside.map(({ lines }) => lines)).toEqual(
    expect.arrayContaining([
      ["corp-connector", "connector", "in acme-network", "managed by others"],
      ["run-europe-west1", "subnet", "in acme-network", "managed by others"],
    ]),
  );
  expect(outside).toHaveLength(2);
  const entered = edges.filter(({ to }) => outside.some(({ id }) => id === to));
  // web, api, the job, and the preflight of each.
  expect(entered).toHaveLength(6);
  expect(entered.every(({ from }) => nodes.some(({ id }) => id === from))).toBe(true);
});

test("its page says what the owner does, and the runbook asks in the host project", () => {
  const page = environmentPage(shared.plan());
  expect(page).toContain("## What the owner of the network does");
  expect(page).toContain("--host-project=acme-network");
  expect(environmentPage(changedShape("public").plan())).not.toContain("owner of the network");
  const text = JSON.stringify(runbook(shared.plan()));
  expect(text).toContain("connectors describe corp-connector --region=europe-west1 --project=acme-network");
  expect(text).toContain("by the owner of corp-vpc in acme-network first");
});
