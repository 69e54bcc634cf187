import { edgeHosts } from "../../platform/edge/routes.ts";
import { enumerated } from "../../values/enumerated.ts";
import { type Page, type RunbookContext, where } from "../page.ts";

/** What users see first. */
export function requestPages(context: RunbookContext) {
  const { names, locationFlags, projectFlag } = context;
  const services = context.services;
  const list = `gcloud run services list ${locationFlags}`;
  const hasEdge = context.edge !== undefined;
  const edgeErrors = hasEdge
    ? [
        context.logs(
          `resource.type="http_load_balancer" AND resource.labels.url_map_name="${names.edge("lb")}" AND httpRequest.status>=500`,
          "table(httpRequest.status,httpRequest.latency,httpRequest.requestUrl,jsonPayload.statusDetails)",
        ),
      ]
    : [];
  const slowest = context.objectives.latency;
  const { has, cacheLabel } = context;
  const measured = where([has.database, "database"], [has.cache, cacheLabel]);
  const causes = where(
    [has.cache, cacheLabel],
    [has.database, "connection slots"],
    [has.connector, "connector"],
  );
  return {
    "503-with-healthy-containers": {
      means:
        "Containers pass their health checks and requests fail all the same: what they need is out of reach, or requests find no instance. A deployment succeeds all the same.",
      first: [
        {
          say: "Was something deployed within the last hour? Then roll back first (below), and look for the cause afterwards.",
          run: services.map(
            ({ name }) =>
              `gcloud run revisions list --service=${names.service(name)} --limit=3 ${locationFlags}`,
          ),
        },
        {
          say: "Ask from inside the network what is out of reach. It names the dependency, and whether infrastructure or application is at fault.",
          run: [context.preflightCommand],
        },
        {
          say: "See which service fails. The last in the chain is the cause; those that call it fail because of it.",
          run: [...edgeErrors, list],
        },
      ],
      fix: [
        ...where([
          has.preflight,
          `The preflight names the dependency${causes.length === 0 ? "" : `: go to its page (${causes.join(", ")})`}.`,
        ]),
        `Requests are refused while instances stand at their maximum: \`services.<name>.instances.max\`${has.database ? "; `npm start` proves that the database takes the connections" : ""}.`,
        `Errors ${hasEdge ? "at the load balancer " : ""}that no service logged: no instance was free. Look at the instances of each service.`,
      ],
      rollback: services,
      rules: [
        "reachability/network-kind",
        "reachability/firewall-egress",
        ...where(
          [has.cache, "reachability/redis-port"],
          [true, "reachability/same-network"],
          [has.database, "capacity/database-connections"],
        ),
      ],
      escalate: `${has.preflight ? "The preflight passes and requests still fail" : "Requests fail and nothing was deployed"}: wake the owners of the failing service. Nothing is reachable: Google's status page, then a support case.`,
      section: "The services, callers first",
    },
    "endpoint-down": {
      means: `More than half of the checks from three parts of the world get no proper answer: ${hasEdge ? "DNS, certificate, load balancer or the service behind it" : "Google's front end of run.app, or the service behind it"}. Users are outside.`,
      first: [
        {
          say: hasEdge
            ? "Ask as users do. No connection: DNS or load balancer. A certificate error: the page on certificates. A 5xx: the page on 503."
            : "Ask as users do. No connection: Google's status page. A 5xx: the page on 503.",
          run: [context.validateCommand],
        },
        ...(hasEdge
          ? [
              {
                say: "Does the name lead to the load balancer's address? Both must be equal.",
                run: [
                  `gcloud compute addresses describe ${names.edgeAddress} --global --format="value(address)" ${projectFlag}`,
                  ...edgeHosts(context).map((host) => `dig +short ${host}`),
                ],
              },
              { say: "What does the load balancer say itself?", run: edgeErrors },
            ]
          : []),
      ],
      fix: [
        ...(hasEdge
          ? [
              "DNS: the A record of each host is the address above (`edge.dnsZone`, or where the domain is kept).",
              "403 from the load balancer: the limit of requests or the firewall (`edge.armor`).",
              "A page of Google instead of the service: the service is not deployed, or takes no traffic from the load balancer.",
            ]
          : [
              "404 of Google instead of the service: it is not deployed, or its ingress keeps others out (`services.<name>.publicUrl`).",
            ]),
      ],
      rollback: services.filter(({ exposure, publicUrl }) => exposure.length > 0 || publicUrl === true),
      rules: [
        "edge/reach",
        "edge/ingress",
        "edge/dns-record",
        "edge/url-map-routes",
        "observability/uptime-host",
      ],
      escalate: `The address answers from some places only: Google's status page, then a support case for ${hasEdge ? "Cloud Load Balancing" : "Cloud Run"}.`,
      section: "The edge",
    },
    "requests-slow": {
      means: `Successful requests take longer than the objective of ${slowest} s (or the service's own). Slow comes before broken: usually ${enumerated([...where([has.database, "the database"], [has.connector, "the connector"]), "too few instances"], "or")}.`,
      first: [
        {
          say: "Which service is slow, and is it slow in itself? Compare its latency on the dashboard with that of what it calls.",
          run: [context.validateCommand],
        },
        {
          say:
            measured.length === 0
              ? "Ask from inside the network what is out of reach."
              : `Measure ${enumerated(measured)} from inside the network: the preflight compares ${measured.length === 1 ? "it with its target" : "both with their targets"}.`,
          run: [context.preflightCommand],
        },
        ...(context.databaseInstances.length === 0
          ? []
          : [
              {
                say: "Slow queries stand in Query Insights of the database.",
                run: context.databaseInstances.map(
                  ({ instance }) =>
                    `gcloud sql instances describe ${instance} --format="value(state,settings.tier)" ${projectFlag}`,
                ),
              },
            ]),
      ],
      fix: [
        ...where(
          [has.database, "The database is busy: an index or a query first, then `database.tier`."],
          [
            has.connector,
            'The connector is near its maximum: `network.connector.machineType`, or `services.<name>.path` to "direct".',
          ],
        ),
        "Requests wait for an instance: `services.<name>.instances.min`, `concurrency`, `cpu`.",
      ],
      rollback: services,
      rules: [
        ...where([has.connector, "capacity/connector-load"]),
        "capacity/concurrency",
        "time/call-chain",
        "service/cpu-idle",
      ],
      escalate: has.database
        ? "The database is slow and its CPU is idle: the owners of the slow queries."
        : "One service is slow by itself: its owners.",
      section: "The services, callers first",
    },
    "error-budget-burning": {
      means: `Requests fail so fast that the budget of ${monthly(context.objectives.availability)} will not last the month. It is a matter of arithmetic, not of one failure: find the service, then its page.`,
      first: [
        {
          say: "See which requests fail, and since when. A beginning that coincides with a deployment means: roll back now.",
          run: hasEdge ? edgeErrors : services.map(context.errors),
        },
        { say: "Ask what is out of reach.", run: [context.preflightCommand] },
        { say: "Read what the services say of it.", run: services.map((service) => context.errors(service)) },
      ],
      fix: [
        `Go to the page of the cause: ${["503", ...causes.toReversed()].join(", ")}.`,
        "The objective is wrong, not the service: `objectives.availability`, with those who were promised it.",
      ],
      rollback: services,
      rules: ["observability/objective", "observability/alert-never"],
      escalate:
        "It burns fast (a page) and no cause is found in 15 minutes: wake the owners of the failing service.",
      section: "The services, callers first",
    },
  } satisfies Record<string, Page>;
}

function monthly(goal: number): string {
  return `${Math.round((1 - goal) * 30 * 24 * 60)} minutes a month`;
}
