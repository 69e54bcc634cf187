import { googleAccessAddresses } from "../../resources/limits.ts";
import { callersOf, hasInternalCalls, projectNumberOf } from "../edge/service-address.ts";
import { deployerMember, deployerName, type OwnerRequirement } from "../owner-requirement.ts";
import type { PlatformPlan } from "../plan.ts";
import { inFurther } from "../regions/regions.ts";
import { type Environment, type Workload, workloads } from "../schema/environment.ts";
import { CONNECTOR_TAG, connectorFirewall } from "./connector-firewall.ts";
import { createdConnectors, isOnOwnConnector } from "./connectors.ts";
import { networkProject } from "./network-project.ts";
import { needsGlobalRoutes } from "./peered.ts";

type Unmanaged = NonNullable<Environment["network"]["unmanaged"]>;

type Parts = Pick<
  PlatformPlan,
  | "project"
  | "projectNumber"
  | "region"
  | "regions"
  | "main"
  | "prefix"
  | "names"
  | "network"
  | "services"
  | "jobs"
  | "workerPools"
  | "databaseInstances"
  | "cacheInstances"
  | "delivery"
  | "egressRules"
>;

/** Everything that the owner of the network grants or keeps; none where the network is created here. */
export function networkRequirements(
  plan: Parts & { readonly furtherRegions: readonly Parts[] },
): readonly OwnerRequirement[] {
  const { unmanaged } = plan.network;
  if (unmanaged === undefined) return [];
  const places = [plan, ...plan.furtherRegions];
  return once([
    ...(unmanaged.hostProject === undefined ? [] : sharedVpc(plan, unmanaged.hostProject)),
    ...places.flatMap((place) => [...subnet(place), ...connector(place), ...connectorSubnets(place)]),
    ...privateServices(plan, unmanaged),
    ...endpoints(plan, unmanaged),
    ...places.flatMap(nat),
    ...globalRoutes(plan, unmanaged),
    ...connectorFirewalls(plan, places),
    ...firewall(plan),
    ...runAppZone(plan),
  ]);
}

/** What two regions need alike is granted once. */
function once(all: readonly OwnerRequirement[]): readonly OwnerRequirement[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

/** Service agent that Cloud Run works as in a project. https://docs.cloud.google.com/iam/docs/service-agents */
export function cloudRunAgent(plan: Pick<Environment, "projectNumber" | "delivery">): string {
  return `serviceAccount:service-${projectNumberOf(plan) ?? "PROJECT_NUMBER"}@serverless-robot-prod.iam.gserviceaccount.com`;
}

function projectGrant(project: string, member: string, role: string): string {
  return `gcloud projects add-iam-policy-binding ${project} --member=${member} --role=${role} --condition=None`;
}

/**
 * Grants for Direct VPC egress into a subnet of a host project.
 * https://docs.cloud.google.com/run/docs/configuring/shared-vpc-direct-vpc
 */
export function subnetGrants(
  plan: Pick<Environment, "projectNumber" | "delivery" | "region">,
  hostProject: string,
  subnetwork: string,
): readonly string[] {
  const agent = cloudRunAgent(plan);
  return [
    projectGrant(hostProject, agent, "roles/compute.networkViewer"),
    `gcloud compute networks subnets add-iam-policy-binding ${subnetwork} --region=${plan.region} --project=${hostProject} --member=${agent} --role=roles/compute.networkUser`,
  ];
}

/**
 * Grant for a connector of a host project.
 * https://docs.cloud.google.com/run/docs/configuring/shared-vpc-host-project
 */
export function connectorGrants(
  plan: Pick<Environment, "projectNumber" | "delivery">,
  hostProject: string,
): readonly string[] {
  return [projectGrant(hostProject, cloudRunAgent(plan), "roles/vpcaccess.user")];
}

/**
 * Grants for a connector of our own on a subnet of a host project: Serverless VPC Access, and the Google APIs service agent for its
 * instances, take addresses of it.
 * https://docs.cloud.google.com/run/docs/configuring/shared-vpc-service-projects
 */
function connectorSubnetGrants(plan: Parts, hostProject: string, subnetwork: string): readonly string[] {
  const number = projectNumberOf(plan) ?? "PROJECT_NUMBER";
  const agents = [
    `serviceAccount:service-${number}@gcp-sa-vpcaccess.iam.gserviceaccount.com`,
    `serviceAccount:${number}@cloudservices.gserviceaccount.com`,
  ];
  return [
    // The agent is there once the API is.
    `gcloud services enable vpcaccess.googleapis.com --project=${plan.project}`,
    ...agents.map(
      (agent) =>
        `gcloud compute networks subnets add-iam-policy-binding ${subnetwork} --region=${plan.region} --project=${hostProject} --member=${agent} --role=roles/compute.networkUser`,
    ),
  ];
}

function sharedVpc(plan: Parts, hostProject: string): OwnerRequirement[] {
  const { project, names, databaseInstances, cacheInstances, prefix } = plan;
  const deployer = deployerMember(plan);
  const who = deployerName(plan);
  const role = `${prefix}_bind_private_zone`;
  return [
    {
      requirement: `Project ${project} is attached to the Shared VPC of ${hostProject}`,
      otherwise: "no service can use the network",
      commands: [
        `gcloud compute shared-vpc associated-projects add ${project} --host-project=${hostProject}`,
      ],
    },
    {
      requirement: `${who} may see the network in ${hostProject}`,
      otherwise: "the stacks of services and data, and the connectivity tests, are rejected at apply",
      commands: [projectGrant(hostProject, deployer, "roles/compute.networkViewer")],
    },
    ...(databaseInstances.length + cacheInstances.length === 0
      ? []
      : [
          {
            requirement: `${who} may show the private zone ${names.domain} to the network`,
            otherwise: "the stack of the data is rejected at apply (dns.networks.bindPrivateDNSZone)",
            commands: [
              `gcloud iam roles create ${role} --project=${hostProject} --permissions=dns.networks.bindPrivateDNSZone`,
              projectGrant(hostProject, deployer, `projects/${hostProject}/roles/${role}`),
            ],
          },
        ]),
  ];
}

/** Whether such a workload of the region calls an internal service, at run.app. */
function callsInternal(plan: Parts, isSuch: (workload: Workload) => boolean): boolean {
  const { services } = plan.main ?? plan;
  return services.some((service) => callersOf(plan, service).some(isSuch));
}

const CALLS_TIME_OUT = "calls to internal services time out";

function subnet(plan: Parts): OwnerRequirement[] {
  const { region, network } = plan;
  const { directEgress, hostProject } = network.unmanaged ?? {};
  if (directEgress === undefined) return [];
  const needsGoogle = callsInternal(plan, ({ path }) => path === "direct");
  return [
    {
      requirement: `Subnet ${directEgress} has ${network.addresses.directEgress}${inFurther(plan)}${needsGoogle ? ", with Private Google Access" : ""}`,
      otherwise: needsGoogle
        ? `the address plan is wrong, or ${CALLS_TIME_OUT}`
        : "the address plan is wrong",
      commands: [
        `gcloud compute networks subnets describe ${directEgress} --region=${region} --project=${networkProject(plan)} --format="value(ipCidrRange,privateIpGoogleAccess)"`,
      ],
    },
    ...(hostProject === undefined || !workloads(plan).some(({ path }) => path === "direct")
      ? []
      : [
          {
            requirement: `Cloud Run may use subnet ${directEgress}${inFurther(plan)}`,
            otherwise: "services and jobs on path direct are rejected at apply",
            commands: subnetGrants(plan, hostProject, directEgress),
          },
        ]),
  ];
}

function connector(plan: Parts): OwnerRequirement[] {
  const { connector: size, addresses, unmanaged } = plan.network;
  const { connector: name, hostProject } = unmanaged ?? {};
  if (name === undefined) return [];
  const has =
    size === undefined
      ? ""
      : `, ${size.minInstances} to ${size.maxInstances} instances of ${size.machineType} in ${addresses.connector}`;
  return [
    {
      requirement: `Connector ${name} is ready${inFurther(plan)}${has}`,
      otherwise: "services on path connector do not start, or the connector is full earlier",
      commands: [
        `gcloud compute networks vpc-access connectors describe ${name} --region=${plan.region} --project=${networkProject(plan)}`,
      ],
    },
    ...(callsInternal(plan, isOnOwnConnector)
      ? [
          {
            requirement: `Connector ${name} is on a subnet with Private Google Access${inFurther(plan)}`,
            otherwise: CALLS_TIME_OUT,
            commands: [
              `gcloud compute networks vpc-access connectors describe ${name} --region=${plan.region} --project=${networkProject(plan)} --format="value(subnet.name,subnet.projectId)"`,
              `gcloud compute networks subnets update SUBNET --region=${plan.region} --project=${networkProject(plan)} --enable-private-ip-google-access`,
            ],
          },
        ]
      : []),
    ...(hostProject === undefined || !workloads(plan).some(isOnOwnConnector)
      ? []
      : [
          {
            requirement: `Cloud Run may use connectors of ${hostProject}`,
            otherwise: "services and jobs on path connector are rejected at apply",
            commands: connectorGrants(plan, hostProject),
          },
        ]),
  ];
}

/** Subnets that connectors of our own are created on. */
function connectorSubnets(plan: Parts): OwnerRequirement[] {
  const { region } = plan;
  const { hostProject } = plan.network.unmanaged ?? {};
  return createdConnectors(plan).flatMap(({ subnet, range, further }) => {
    if (subnet === undefined) return [];
    const needsGoogle = callsInternal(
      plan,
      ({ path, connector }) => path === "connector" && connector === further,
    );
    return [
      {
        requirement: `Subnet ${subnet} has ${range}${inFurther(plan)}, ${needsGoogle ? "with Private Google Access, " : ""}and nothing else uses it`,
        otherwise: `the stack of the connector is rejected at apply${needsGoogle ? `, or ${CALLS_TIME_OUT}` : ""}`,
        commands: [
          `gcloud compute networks subnets describe ${subnet} --region=${region} --project=${networkProject(plan)} --format="value(ipCidrRange,purpose${needsGoogle ? ",privateIpGoogleAccess" : ""})"`,
        ],
      },
      ...(hostProject === undefined
        ? []
        : [
            {
              requirement: `Serverless VPC Access may put a connector into subnet ${subnet}${inFurther(plan)}`,
              otherwise: "the stack of the connector is rejected at apply",
              commands: connectorSubnetGrants(plan, hostProject, subnet),
            },
          ]),
    ];
  });
}

/** What our own network admits for its connectors is the owner's to admit here. */
function connectorFirewalls(plan: Parts, places: readonly Parts[]): OwnerRequirement[] {
  if (places.every((place) => createdConnectors(place).length === 0)) return [];
  const { prefix, network } = plan;
  return [
    {
      requirement:
        "The firewall admits Google's serverless ranges and health checks to connectors, and their answers",
      otherwise: "a connector never becomes ready",
      commands: connectorFirewall.map(
        ({ name, direction, ranges, traffic }) =>
          `gcloud compute firewall-rules create ${prefix}-connector-${name} --project=${networkProject(plan)} --network=${network.unmanaged?.network} --direction=${direction} --action=ALLOW --rules=${traffic.flatMap(({ protocol, ports = [] }) => (ports.length === 0 ? [protocol] : ports.map((port) => `${protocol}:${port}`))).join(",")} --${direction === "INGRESS" ? "source" : "destination"}-ranges=${ranges.join(",")} --target-tags=${CONNECTOR_TAG}`,
      ),
    },
  ];
}

function privateServices(plan: Parts, { network, privateServices: name }: Unmanaged): OwnerRequirement[] {
  if (name === undefined) return [];
  const project = networkProject(plan);
  const range = plan.network.addresses.privateServices;
  return [
    {
      requirement: `Range ${name} is ${range}, allocated to Google and part of the private services connection`,
      otherwise: "the stack of the data is rejected at apply",
      commands: [
        `gcloud services enable servicenetworking.googleapis.com --project=${project}`,
        `gcloud compute addresses describe ${name} --global --project=${project} --format="value(address,prefixLength,purpose)"`,
        `gcloud services vpc-peerings list --service=servicenetworking.googleapis.com --network=${network} --project=${project}`,
      ],
    },
  ];
}

/** A network has one policy for each region and class, so that it is the owner's. */
function endpoints(plan: Parts, { network, privateServiceConnect: subnet }: Unmanaged): OwnerRequirement[] {
  if (subnet === undefined) return [];
  const project = networkProject(plan);
  const { names, region } = plan;
  return [
    {
      requirement: `Subnet ${subnet} has ${plan.network.addresses.privateServiceConnect}, and a service connection policy lets Memorystore create endpoints in it`,
      otherwise: "the stack of the data is rejected at apply",
      commands: [
        `gcloud services enable networkconnectivity.googleapis.com --project=${project}`,
        `gcloud compute networks subnets describe ${subnet} --region=${region} --project=${project} --format="value(ipCidrRange)"`,
        `gcloud network-connectivity service-connection-policies create ${names.serviceConnectionPolicy} --service-class=gcp-memorystore --network=${network} --subnets=https://www.googleapis.com/compute/v1/projects/${project}/regions/${region}/subnetworks/${subnet} --region=${region} --project=${project}`,
      ],
    },
  ];
}

function nat(plan: Parts): OwnerRequirement[] {
  const { nat: named } = plan.network.unmanaged ?? {};
  if (named === undefined) return [];
  const { router, name, addresses } = named;
  return [
    {
      requirement: `Cloud NAT ${name} covers the ranges of this environment${inFurther(plan)}, with the addresses ${addresses.join(", ")}`,
      otherwise: "calls to what lies outside time out",
      commands: [
        `gcloud compute routers nats describe ${name} --router=${router} --region=${plan.region} --project=${networkProject(plan)}`,
      ],
    },
  ];
}

function globalRoutes(plan: Parts, { network }: Unmanaged): OwnerRequirement[] {
  if (!needsGlobalRoutes(plan)) return [];
  return [
    {
      requirement: `Dynamic routing of ${network} is global`,
      otherwise: "what a VPN or an Interconnect leads to is reached only from the region of its Cloud Router",
      commands: [
        `gcloud compute networks describe ${network} --project=${networkProject(plan)} --format="value(routingConfig.routingMode)"`,
      ],
    },
  ];
}

/** Our own network denies everything else; how another one decides is up to its owner. Without anything in it, it decides nothing. */
function firewall({ network, egressRules, prefix, ...plan }: Parts): OwnerRequirement[] {
  if (workloads(plan).every(({ path }) => path === "none")) return [];
  const project = networkProject({ ...plan, network });
  return [
    {
      requirement: "Where the network denies egress, its firewall allows what the services call",
      otherwise: "connections time out",
      commands: egressRules.map(
        ({ name, protocol, ports, ranges }) =>
          `gcloud compute firewall-rules create ${prefix}-egress-${name} --project=${project} --network=${network.unmanaged?.network} --direction=EGRESS --action=ALLOW --rules=${ports.map((port) => `${protocol}:${port}`).join(",")} --destination-ranges=${ranges.join(",")}`,
      ),
    },
  ];
}

/** The zone leads all of the network's calls to run.app another way, so that it is the owner's to create. */
function runAppZone(plan: Parts): OwnerRequirement[] {
  if (!hasInternalCalls(plan)) return [];
  const { names } = plan;
  const [zone, project] = [names.runAppZone, networkProject(plan)];
  return [
    {
      requirement: "A private zone leads run.app through Private Google Access",
      otherwise: "internal services answer 404, because calls reach them from outside of the network",
      commands: [
        `gcloud dns managed-zones create ${zone} --project=${project} --dns-name=run.app. --visibility=private --networks=${names.network} --description="run.app through Private Google Access"`,
        `gcloud dns record-sets create run.app. --project=${project} --zone=${zone} --type=A --ttl=300 --rrdatas=${googleAccessAddresses.value.join(",")}`,
        `gcloud dns record-sets create "*.run.app." --project=${project} --zone=${zone} --type=CNAME --ttl=300 --rrdatas=run.app.`,
      ],
    },
  ];
}
