import { googleAccessAddresses } from "../../resources/limits.ts";
import { callersOf, hasInternalCalls, projectNumberOf } from "../edge/service-address.ts";
import { deployerMember, deployerName, type OwnerRequirement } from "../owner-requirement.ts";
import type { PlatformPlan } from "../plan.ts";
import { type Environment, workloads } from "../schema/environment.ts";
import { networkProject } from "./network-project.ts";

type Unmanaged = NonNullable<Environment["network"]["unmanaged"]>;

type Parts = Pick<
  PlatformPlan,
  | "project"
  | "projectNumber"
  | "region"
  | "prefix"
  | "names"
  | "network"
  | "services"
  | "jobs"
  | "databaseInstances"
  | "cacheInstances"
  | "delivery"
  | "egressRules"
>;

/** Everything that the owner of the network grants or keeps; none where the network is created here. */
export function networkRequirements(plan: Parts): readonly OwnerRequirement[] {
  const { unmanaged } = plan.network;
  if (unmanaged === undefined) return [];
  return [
    ...(unmanaged.hostProject === undefined ? [] : sharedVpc(plan, unmanaged.hostProject)),
    ...subnet(plan, unmanaged),
    ...connector(plan, unmanaged),
    ...privateServices(plan, unmanaged),
    ...nat(plan, unmanaged),
    ...firewall(plan),
    ...runAppZone(plan),
  ];
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

function subnet(plan: Parts, unmanaged: Unmanaged): OwnerRequirement[] {
  const { region, network, services } = plan;
  const { directEgress, hostProject } = unmanaged;
  if (directEgress === undefined) return [];
  const needsGoogle = services.some((service) => callersOf(plan, service).length > 0);
  return [
    {
      requirement: `Subnet ${directEgress} has ${network.addresses.directEgress}${needsGoogle ? ", with Private Google Access" : ""}`,
      otherwise: needsGoogle
        ? "the address plan is wrong, or calls to internal services time out"
        : "the address plan is wrong",
      commands: [
        `gcloud compute networks subnets describe ${directEgress} --region=${region} --project=${networkProject(plan)} --format="value(ipCidrRange,privateIpGoogleAccess)"`,
      ],
    },
    ...(hostProject === undefined || !workloads(plan).some(({ path }) => path === "direct")
      ? []
      : [
          {
            requirement: `Cloud Run may use subnet ${directEgress}`,
            otherwise: "services and jobs on path direct are rejected at apply",
            commands: subnetGrants(plan, hostProject, directEgress),
          },
        ]),
  ];
}

function connector(plan: Parts, unmanaged: Unmanaged): OwnerRequirement[] {
  const { connector: size, addresses } = plan.network;
  const { connector: name, hostProject } = unmanaged;
  if (name === undefined) return [];
  const has =
    size === undefined
      ? ""
      : `, ${size.minInstances} to ${size.maxInstances} instances of ${size.machineType} in ${addresses.connector}`;
  return [
    {
      requirement: `Connector ${name} is ready${has}`,
      otherwise: "services on path connector do not start, or the connector is full earlier",
      commands: [
        `gcloud compute networks vpc-access connectors describe ${name} --region=${plan.region} --project=${networkProject(plan)}`,
      ],
    },
    ...(hostProject === undefined || !workloads(plan).some(({ path }) => path === "connector")
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

function nat(plan: Parts, unmanaged: Unmanaged): OwnerRequirement[] {
  if (unmanaged.nat === undefined) return [];
  const { router, name, addresses } = unmanaged.nat;
  return [
    {
      requirement: `Cloud NAT ${name} covers the ranges of this environment, with the addresses ${addresses.join(", ")}`,
      otherwise: "calls to what lies outside time out",
      commands: [
        `gcloud compute routers nats describe ${name} --router=${router} --region=${plan.region} --project=${networkProject(plan)}`,
      ],
    },
  ];
}

/** Our own network denies everything else; how another one decides is up to its owner. */
function firewall({ network, egressRules, prefix, ...plan }: Parts): OwnerRequirement[] {
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
