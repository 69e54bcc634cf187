import { isConnectorOfOthers, networkProject } from "../../platform/network/network-project.ts";
import { isJob, isWorkerPool, workloads } from "../../platform/schema/environment.ts";
import { enumerated } from "../../values/enumerated.ts";
import type { Page, RunbookContext } from "../page.ts";

/** The way into the network and out of it. */
export function networkPages(context: RunbookContext) {
  const { names, locationFlags, connectionBudget, region } = context;
  const { unmanaged } = context.network;
  const owner =
    unmanaged === undefined
      ? []
      : [
          `Others manage the network: what is changed under \`network\` is changed by the owner of ${unmanaged.network} in ${networkProject(context)} first, and stated here.`,
        ];
  const flags = `--region=${region} --project=${networkProject(context)}`;
  const users = context.services.filter(({ path }) => path === "connector");
  const { has, cacheLabel } = context;
  const all = workloads(context).filter(({ path }) => path === "connector");
  const listed =
    all.length === 0
      ? "No service uses the connector in this environment: it is on standby. Where one does, everything"
      : `Everything of ${all.map(({ name }) => name).join(", ")}`;
  const data = [...(has.database ? ["database"] : []), ...(has.cache ? [cacheLabel] : [])];
  const reached = data.length === 0 ? "the network" : enumerated(data);
  return {
    "connector-at-its-maximum": {
      means: `${listed} on its way to ${reached} goes through the connector. Where it is full it drops packets: connections slow down and time out while containers stay healthy.`,
      first: [
        {
          say: "Is it there and ready, and how far has it grown? A connector never shrinks by itself.",
          run: [
            `${names.connector} ${isConnectorOfOthers(context) ? flags : locationFlags}`,
            ...(context.network.furtherConnectors ?? []).map(
              ({ name }) => `${names.furtherConnector(name)} ${locationFlags}`,
            ),
          ].map((connector) => `gcloud compute networks vpc-access connectors describe ${connector}`),
        },
        {
          say: "Which service sends so much? Compare their instances and packets on the dashboard; one that was deployed just now is the likeliest.",
          run: all.map((workload) => {
            const { name } = workload;
            if (isJob(workload))
              return `gcloud run jobs executions list --job=${names.job(name)} --limit=3 ${locationFlags}`;
            return isWorkerPool(workload)
              ? `gcloud run worker-pools revisions list --worker-pool=${names.workerPool(name)} --limit=3 ${locationFlags}`
              : `gcloud run revisions list --service=${names.service(name)} --limit=3 ${locationFlags}`;
          }),
        },
        {
          say: 'Moving one service to the other path relieves the connector at once, and takes one deployment of that service: write `services.<name>.path` as "direct" first.',
          run: [`npm start -- ${context.name}`, context.deployCommand],
        },
      ],
      fix: [
        '`services.<name>.path` to "direct": the service leaves the connector altogether (decided by one word).',
        `\`network.connector.machineType\` to "e2-standard-4": 1,600 Mbit/s for each instance instead of ${connectionBudget.connector === undefined ? "what it has" : `${connectionBudget.connector.limit} Mbit/s in all`}. It is changed in place, one instance after the other, which cuts open connections once.`,
        "`network.connector.maxInstances` is 10 at most: Google refuses 15.",
        "`services.<name>.bandwidth`, where the budget no longer says what a service sends.",
        ...owner,
      ],
      rollback: users,
      rules: [
        "capacity/connector-instances",
        "capacity/connector-load",
        "capacity/connector-throughput",
        "capacity/connector-shape",
      ],
      escalate:
        'The connector is in state ERROR, or drops packets below its maximum: a support case for Serverless VPC Access; meanwhile move services to path "direct".',
      section: "The way into the network and out of it",
    },
    "nat-ports-exhausted": {
      means:
        "No port is left for new connections to the internet. Calls to what lies outside time out without an error; what is inside works.",
      first: [
        {
          say: "How many ports are taken, and by whom?",
          run: [`gcloud compute routers get-nat-mapping-info ${names.router} ${flags}`],
        },
        {
          say: "Who opens so many connections to one destination? A client without keep-alive is the usual cause.",
          run: [context.logs(`resource.type="nat_gateway" AND jsonPayload.allocation_status="DROPPED"`)],
        },
      ],
      fix: [
        "`network.nat.addresses`: each gives 64,512 ports. Tell those who admit this platform by address before it is deployed.",
        "Keep connections open and share them in the application: one port for many calls.",
        ...owner,
      ],
      rollback: context.services,
      rules: ["capacity/nat-ports", "capacity/nat-twice", "reachability/nat"],
      escalate: "Ports are free and packets are dropped: a support case for Cloud NAT.",
      section: "The way into the network and out of it",
    },
  } satisfies Record<string, Page>;
}
