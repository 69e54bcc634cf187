import { describe, expect, test } from "@jest/globals";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbook } from "../../runbook/runbook.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Json, resource, resources, synthesisOf, synthesized } from "../support/synthesized.ts";

const hostnet = changedShape("hostnet");
const subject = hostnet.environment();
const stacks = synthesized(subject);
const plan = hostnet.plan();
const requirements = networkRequirements(plan);
const commandsAt = (requirement: RegExp): readonly string[] =>
  requirements.filter((each) => requirement.test(each.requirement)).flatMap(({ commands }) => commands);

describe("a Shared VPC in two regions", () => {
  test("is entered in each by what is named for it", () => {
    const wayOf = (stack: string): Json =>
      resource(stacks[stack], "google_cloud_run_v2_service").template.vpc_access;
    const subnet = (region: string) => [
      {
        network: "projects/acme-network/global/networks/corp-vpc",
        subnetwork: `projects/acme-network/regions/${region}/subnetworks/run-${region}`,
      },
    ];
    expect(wayOf("hostnet-service-web").network_interfaces).toEqual(subnet("europe-west1"));
    expect(wayOf("hostnet-service-web-us-central1").network_interfaces).toEqual(subnet("us-central1"));
    expect(wayOf("hostnet-service-api").connector).toBe(
      "projects/acme-web/locations/europe-west1/connectors/hostnet-connector",
    );
    expect(wayOf("hostnet-service-api-us-central1").connector).toBe(
      "projects/acme-network/locations/us-central1/connectors/corp-connector",
    );
  });

  test("has connectors of our own on subnets of the host project, and nothing else is created in it", () => {
    expect(Object.keys(stacks["hostnet-network"]?.resource ?? {})).toEqual(["google_vpc_access_connector"]);
    const created = resources(stacks["hostnet-network"], "google_vpc_access_connector");
    expect(
      created
        .map(({ name, subnet, network, ip_cidr_range }) => [name, subnet, network, ip_cidr_range])
        .sort(),
    ).toEqual([
      [
        "hostnet-connector",
        { name: "connector-europe-west1", project_id: "acme-network" },
        undefined,
        undefined,
      ],
      ["hostnet-night", { name: "connector-night", project_id: "acme-network" }, undefined, undefined],
    ]);
    const { stacks: all } = synthesisOf(subject);
    expect(all.map(({ name }) => name)).not.toContain("hostnet-network-us-central1");
    expect(all.find(({ name }) => name === "hostnet-network")?.dependencies).toEqual(["hostnet-foundation"]);
    expect(JSON.stringify(resources(stacks["hostnet-foundation"], "google_project_service"))).toContain(
      "vpcaccess.googleapis.com",
    );
  });

  test("has alerts of our own connectors, whose metrics this project has, and of no other", () => {
    const ids = plan.alerts.map(({ id }) => id).filter((id) => /^(connector|nat)-/.test(id));
    expect(ids).toEqual([
      "connector-instances",
      "connector-over-budget",
      "connector-throughput",
      "connector-cpu",
      "connector-night-instances",
      "connector-night-over-budget",
      "connector-night-throughput",
      "connector-night-cpu",
    ]);
    expect(JSON.stringify(runbook(plan))).toContain(
      "connectors describe hostnet-connector --region=europe-west1 --project=acme-web",
    );
  });

  test("is tested from the ranges of each region", () => {
    expect(plan.connectivityTests.map(({ id, source }) => [id, source]).sort()).toEqual([
      ["connector-to-database-socket", "10.8.16.4"],
      ["connector-to-database-socket-us-central1", "10.8.17.4"],
      ["direct-to-outside", "10.8.0.4"],
      ["direct-to-outside-us-central1", "10.8.1.4"],
    ]);
    expect(plan.natAddresses).toBe(1);
    expect(plan.furtherRegions[0]?.natAddresses).toBe(2);
  });
});

describe("what the owner of the network does for it", () => {
  const agent = (name: string) =>
    `--member=serviceAccount:${name}.gserviceaccount.com --role=roles/compute.networkUser`;

  test("is a subnet of its own for each connector, and the two agents that use it", () => {
    const on = "gcloud compute networks subnets add-iam-policy-binding connector-night --region=europe-west1";
    expect(commandsAt(/into subnet connector-night$/)).toEqual([
      "gcloud services enable vpcaccess.googleapis.com --project=acme-web",
      `${on} --project=acme-network ${agent("service-123456789012@gcp-sa-vpcaccess.iam")}`,
      `${on} --project=acme-network ${agent("123456789012@cloudservices")}`,
    ]);
    expect(
      commandsAt(/^Subnet connector-europe-west1 has 10\.8\.16\.0\/28, and nothing else uses it$/),
    ).toHaveLength(1);
  });

  test("is the same firewall that a network of ours has for its connectors", () => {
    const [own] = [synthesized(changedShape("batch").environment())];
    const ofOurs = resources(own?.["batch-network"], "google_compute_firewall")
      .map(({ name }) => String(name))
      .filter((name) => name.includes("-connector-"))
      .map((name) => name.replace("batch-vpc-", ""));
    const created = commandsAt(/^The firewall admits/).map(
      (command) => /create hostnet-(\S+)/.exec(command)?.[1],
    );
    expect(created.sort()).toEqual(ofOurs.sort());
    expect(commandsAt(/^The firewall admits/)[0]).toBe(
      "gcloud compute firewall-rules create hostnet-connector-ingress-serverless --project=acme-network --network=corp-vpc --direction=INGRESS --action=ALLOW --rules=tcp:667,udp:665-666,icmp --source-ranges=35.199.224.0/19,107.178.230.64/26 --target-tags=vpc-connector",
    );
  });

  test("is said for each region, with its names and its range, and once where regions need the same", () => {
    const all = requirements.map(({ requirement }) => requirement);
    expect(all).toEqual(
      expect.arrayContaining([
        "Subnet run-europe-west1 has 10.8.0.0/24, with Private Google Access",
        "Subnet run-us-central1 has 10.8.1.0/24 in us-central1, with Private Google Access",
        "Cloud Run may use subnet run-us-central1 in us-central1",
        "Connector corp-connector is ready in us-central1, 2 to 4 instances of e2-micro in 10.8.17.0/28",
        "Cloud NAT corp-nat covers the ranges of this environment in us-central1, with the addresses corp-nat-us-1, corp-nat-us-2",
      ]),
    );
    expect(new Set(all).size).toBe(all.length);
    const page = environmentPage(plan);
    for (const requirement of all) expect(page).toContain(`**${requirement}**`);
  });

  test("is no grant where the network is in the environment's own project", () => {
    const commands = networkRequirements(changedShape("subnet").plan()).flatMap((each) => each.commands);
    expect(commands.filter((command) => command.includes("iam-policy-binding"))).toEqual([]);
    expect(commands[0]).toContain(
      "subnets describe connector-europe-west1 --region=europe-west1 --project=acme-web",
    );
  });
});

describe("what is refused of it", () => {
  test("a region whose ranges are not named, and names without ranges", () => {
    expect(
      hostnet
        .issues((draft) => {
          draft.regions[0].unmanaged.directEgress = undefined;
          draft.regions[0].addresses.connector = undefined;
          draft.regions[0].unmanaged.nat = undefined;
        })
        .map((issue) => issue.slice(0, issue.indexOf(": "))),
    ).toEqual(
      expect.arrayContaining([
        "regions.us-central1.unmanaged.directEgress is missing",
        "regions.us-central1.addresses.connector is missing",
        "regions.us-central1.unmanaged.nat is missing",
      ]),
    );
  });

  test("names of a network of others where the network is created here", () => {
    expect(
      changedShape("two").issues((draft) => {
        draft.regions[0].unmanaged = { directEgress: "run-us" };
      }),
    ).toEqual([
      "regions.us-central1.unmanaged is set: it names what us-central1 has in a network that others manage, and without network.unmanaged the network is created here. Fix: name that network in network.unmanaged, or remove this.",
    ]);
  });

  test("a connector of theirs next to one of ours, and a further one without a subnet", () => {
    expect(
      hostnet.issues((draft) => {
        draft.network.unmanaged.connector = "corp-connector";
        draft.network.furtherConnectors[0].subnet = undefined;
      }),
    ).toEqual([
      'network.unmanaged.connectorSubnet is "connector-europe-west1": a connector is created on it, and network.unmanaged.connector names "corp-connector", which others manage: a region has one of them. Fix: remove one of them; more connectors of our own are furtherConnectors, each with its subnet.',
      'network.furtherConnectors.night.subnet is missing: network.unmanaged says that others manage the network, and a connector enters it only by a subnet that its owner makes. Fix: name the subnet that has 10.8.16.16/28, for example subnet: "connector-night", or remove the connector.',
    ]);
    expect(
      changedShape("batch").issues((draft) => {
        draft.network.furtherConnectors[0].subnet = "connector-night";
      }),
    ).toEqual([
      'network.furtherConnectors.night.subnet is "connector-night": the network is created here, and the range becomes the connector\'s own. Fix: remove it, or name the network of others in network.unmanaged.',
    ]);
  });

  test("an import of what is theirs, and not of a connector of ours", () => {
    expect(
      hostnet.issues((draft) => {
        draft.existing = { connector: "legacy-connector", connectors: { night: "legacy-night" } };
      }),
    ).toEqual([]);
    expect(
      hostnet
        .issues((draft) => {
          draft.regions[0].existing = { connector: true, directEgress: true };
        })
        .map((issue) => issue.slice(0, issue.indexOf(": "))),
    ).toEqual([
      "regions.us-central1.existing.directEgress is true",
      "regions.us-central1.existing.connector is true",
    ]);
  });
});
