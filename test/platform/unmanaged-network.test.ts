import { describe, expect, test } from "@jest/globals";
import type { ServiceInput } from "../../platform/define.ts";
import { networkRequirements } from "../../platform/network/network-requirements.ts";
import { cidr } from "../../platform/units.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

const shared = changedShape("sharedvpc");
const given = changedShape("givennet");

const requirementsOf = ({ plan }: typeof shared, change?: (draft: Draft) => void): string[] =>
  networkRequirements(plan(change)).map(({ requirement }) => requirement);
const commandsOf = ({ plan }: typeof shared, change?: (draft: Draft) => void): string[] =>
  networkRequirements(plan(change)).flatMap(({ commands }) => commands);

describe("names of a network that others manage", () => {
  test("are theirs, in the host project of a Shared VPC", () => {
    const { names } = shared.plan();
    expect(names).toMatchObject({
      networkId: "projects/acme-network/global/networks/corp-vpc",
      directEgressId: "projects/acme-network/regions/europe-west1/subnetworks/run-europe-west1",
      connectorId: "projects/acme-network/locations/europe-west1/connectors/corp-connector",
      privateServices: "google-managed-services",
      router: "corp-router",
      nat: "corp-nat",
    });
    expect(names.natAddress(1)).toBe("corp-nat-1");
    expect(given.plan().names.networkId).toBe("projects/acme-web/global/networks/corp-vpc");
  });

  test("are counted and looked up where they are", () => {
    expect(given.plan().natAddresses).toBe(2);
    expect(shared.plan().natAddresses).toBe(1);
  });

  test("are no slots of imports", () => {
    const kinds = given.plan().existingSlots.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["database", "cache", "services"]));
    expect(
      kinds.filter((kind) => /network|directEgress|privateServices|router|nat|connector/.test(kind)),
    ).toEqual([]);
  });
});

describe("what the owner of the network does", () => {
  test("is nothing where the network is created here", () => {
    expect(requirementsOf(changedShape("connector"))).toEqual([]);
  });

  test("in a Shared VPC is the grants that nothing of this environment can make", () => {
    const agent = "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com";
    expect(commandsOf(shared)).toEqual(
      expect.arrayContaining([
        "gcloud compute shared-vpc associated-projects add acme-web --host-project=acme-network",
        `gcloud compute networks subnets add-iam-policy-binding run-europe-west1 --region=europe-west1 --project=acme-network --member=${agent} --role=roles/compute.networkUser`,
        `gcloud projects add-iam-policy-binding acme-network --member=${agent} --role=roles/vpcaccess.user --condition=None`,
        "gcloud iam roles create sharedvpc_bind_private_zone --project=acme-network --permissions=dns.networks.bindPrivateDNSZone",
      ]),
    );
    expect(commandsOf(given).filter((command) => /iam-policy-binding|shared-vpc/.test(command))).toEqual([]);
  });

  test("names the deployer of the workflows where there is one", () => {
    const delivered = (draft: Draft): void => {
      draft.state = { bucket: "acme-state" };
      draft.delivery = {
        repository: "acme/platform",
        repositoryId: "700112233",
        ownerId: "9911822",
        projectNumber: "123456789012",
      };
    };
    const viewer = (commands: string[]): string[] =>
      commands.filter((command) => /deployer|PERSON/.test(command) && command.includes("networkViewer"));
    expect(viewer(commandsOf(shared, delivered))).toEqual([
      "gcloud projects add-iam-policy-binding acme-network --member=serviceAccount:sharedvpc-deployer@acme-web.iam.gserviceaccount.com --role=roles/compute.networkViewer --condition=None",
    ]);
    expect(viewer(commandsOf(shared))[0]).toContain("--member=user:PERSON");
  });

  test("allows each port that a service calls, and no other", () => {
    const firewall = commandsOf(given).filter((command) => command.includes("firewall-rules create"));
    expect(
      firewall.map((command) => /--rules=(\S+) --destination-ranges=(\S+)/.exec(command)?.slice(1)),
    ).toEqual([
      ["tcp:3307", "10.9.0.0/16"],
      ["tcp:6378", "10.9.0.0/16"],
      ["tcp:443", "0.0.0.0/0"],
      ["udp:53", "169.254.169.254/32"],
      ["tcp:53", "169.254.169.254/32"],
    ]);
  });

  test("is only what the environment uses", () => {
    const bare = (draft: Draft): void => {
      draft.network = {
        addresses: { directEgress: cidr("10.8.0.0/24") },
        unmanaged: { network: "corp-vpc", hostProject: "acme-network", directEgress: "run" },
      };
      draft.database = undefined;
      draft.secrets = [];
      draft.externalDependencies = [];
      draft.jobs = [];
      draft.preflight = undefined;
      draft.services = draft.services
        .slice(0, 1)
        .map((service: ServiceInput) => ({ ...service, dependsOn: [], path: "direct" as const }));
    };
    expect(requirementsOf(shared, bare)).toEqual([
      "Project acme-web is attached to the Shared VPC of acme-network",
      "Each person who deploys may see the network in acme-network",
      "Subnet run has 10.8.0.0/24",
      "Cloud Run may use subnet run",
      "Where the network denies egress, its firewall allows what the services call",
    ]);
    const outside = (draft: Draft): void => {
      bare(draft);
      draft.network = { addresses: {}, unmanaged: { network: "corp-vpc" } };
      draft.services = draft.services.map((service: ServiceInput) => ({ ...service, path: "none" as const }));
    };
    expect(requirementsOf(shared, outside)).toEqual([]);
  });
});

describe("alerts and charts", () => {
  const idsOf = ({ plan }: typeof shared): string[] =>
    plan()
      .alerts.map(({ id }) => id)
      .filter((id) => /^(connector|nat)-/.test(id));

  test("of a connector that others may use leave out what compares it with our services alone", () => {
    expect(idsOf(given)).toEqual([
      "connector-instances",
      "connector-throughput",
      "connector-cpu",
      "nat-dropped",
      "nat-ports",
    ]);
  });

  test("of a host project, whose metrics this project does not have, are its owner's", () => {
    expect(idsOf(shared)).toEqual([]);
    expect(JSON.stringify(shared.plan().dashboards)).not.toMatch(/vpcaccess|router\.googleapis/);
  });
});

describe("what is refused of it", () => {
  const edit = (change: (network: NonNullable<Draft["network"]["unmanaged"]>, draft: Draft) => void) =>
    shared.issues((draft) => {
      if (draft.network.unmanaged !== undefined) change(draft.network.unmanaged, draft);
    });

  test("a range without the name of what has it, with the grants that its owner makes", () => {
    const issues = edit((unmanaged) => {
      unmanaged.directEgress = undefined;
    });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(
      /^network\.unmanaged\.directEgress is missing: 10\.8\.0\.0\/24 \(network\.addresses\.directEgress\) is in a network that others manage, and the subnet that has it is not named\. Fix: name the subnet, or remove its range; the owner of "acme-network" runs: gcloud projects add-iam-policy-binding .* gcloud compute networks subnets add-iam-policy-binding NAME/,
    );
  });

  test("a name without its range, and a connector without its size", () => {
    expect(
      edit((_, { network }) => {
        network.addresses.privateServices = undefined;
      }),
    ).toContain(
      'network.addresses.privateServices is missing: network.unmanaged.privateServices names the allocated range "google-managed-services", and address plan and budgets need its range. Fix: write the range that it has, or remove network.unmanaged.privateServices.',
    );
    expect(
      edit((_, draft) => {
        draft.network.connector = undefined;
        draft.network.addresses.connector = undefined;
        draft.services = draft.services.map((service: ServiceInput) => ({
          ...service,
          path: "direct" as const,
        }));
      }),
    ).toContain(
      'network.connector is missing: network.unmanaged.connector names "corp-connector", and the budget of its throughput needs its size. Fix: write minInstances, maxInstances and machineType as it has them, or remove the name.',
    );
  });

  test("traffic through a Cloud NAT that is not named, or that has no address", () => {
    expect(
      edit((unmanaged) => {
        unmanaged.nat = undefined;
      }),
    ).toEqual([
      'network.unmanaged.nat is missing: "web" reaches a dependency with source "nat" through the network, whose Cloud NAT is not named. Fix: name its router, the NAT and its addresses, or write source: "internet" of the dependency.',
    ]);
    expect(
      edit((unmanaged) => {
        unmanaged.nat = { router: "r", name: "n", addresses: [] };
      }),
    ).toEqual([
      "network.unmanaged.nat.addresses is []: others admit the callers by these addresses, and ports are counted by them. Fix: name at least one static address of the NAT.",
    ]);
  });

  test("what would be created or imported in it", () => {
    expect(
      edit((_, draft) => {
        draft.network.nat = { addresses: 2 };
        draft.existing = { network: true, natAddresses: ["corp-nat-1"], connector: "corp-connector" };
      }).map((issue) => issue.slice(0, issue.indexOf(":"))),
    ).toEqual([
      "network.nat.addresses is 2",
      "existing.network is true",
      'existing.natAddresses is ["corp-nat-1"]',
      'existing.connector is "corp-connector"',
    ]);
  });

  test("a host project that is this one, or that cannot name the agent of this one", () => {
    expect(
      edit((unmanaged) => {
        unmanaged.hostProject = "acme-web";
      }),
    ).toEqual([
      'network.unmanaged.hostProject is "acme-web": it is this environment\'s own project, and a project is not attached to itself. Fix: remove it.',
    ]);
    expect(
      edit((_, draft) => {
        draft.projectNumber = undefined;
        draft.services = draft.services.map((service: ServiceInput) => ({ ...service, dependsOn: [] }));
      }),
    ).toEqual([
      'projectNumber is missing: the owner of "acme-network" (network.unmanaged.hostProject) grants rights to the service agent of Cloud Run, whose name holds the number of this project. Fix: add it: gcloud projects describe acme-web --format="value(projectNumber)".',
    ]);
  });

  test("an id where a name is meant", () => {
    const [issue] = edit((unmanaged) => {
      unmanaged.network = "projects/acme-network/global/networks/corp-vpc";
    });
    expect(issue).toContain('Fix: write for example "corp-vpc", without project and region.');
  });
});
