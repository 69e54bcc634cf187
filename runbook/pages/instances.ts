import { enumerated } from "../../values/enumerated.ts";
import { type Page, type RunbookContext, where } from "../page.ts";

/** Containers that do not come up, and too few of them. */
export function instancePages(context: RunbookContext) {
  const { names, locationFlags } = context;
  const { services, has, cacheLabel } = context;
  const bounds = [
    ...where([has.database, "database"], [has.cache, cacheLabel], [has.connector, "connector"]),
    "addresses",
  ];
  return {
    "start-up-timeouts": {
      means: `New containers are killed before they serve, within the window of ${context.deadlines.startupWindow} s. ${has.database ? `Usually the database is not reached within ${context.deadlines.databaseInitialization} s: exit code 3, and "Socket connection failed".` : "Usually they end, or do not listen on their port."}`,
      first: [
        {
          say: "The revision that serves is left alone by Cloud Run. Do not deploy again until the cause is known: each try opens connections.",
          run: services.map(
            ({ name }) =>
              `gcloud run services describe ${names.service(name)} --format="value(status.latestReadyRevisionName,status.latestCreatedRevisionName)" ${locationFlags}`,
          ),
        },
        {
          say: has.database
            ? "Is the database reached from inside the network, and how fast?"
            : "Ask from inside the network what is out of reach.",
          run: [context.preflightCommand],
        },
        {
          say: "What do the containers say before they end?",
          run: [
            context.logs(
              `resource.type="cloud_run_revision" AND (textPayload:"exit(3)" OR textPayload:"Socket connection failed" OR textPayload:"STARTUP")`,
            ),
          ],
        },
        {
          say: "Is the deadline in force the one that is written down?",
          run: [context.validateCommand],
        },
      ],
      fix: [
        ...(has.database
          ? [
              `\`deadlines.databaseInitialization\` must cover ${has.connector ? "`connectorScaling` + " : ""}\`databasePressure\`, and all attempts must fit into \`startupWindow\` (600 s at most): \`npm start\` refuses anything else.`,
              "Connections run out while two revisions overlap: the page on connection slots.",
            ]
          : [
              "The start takes longer than `deadlines.startupWindow`: `services.<name>.cpu`, or less to do in it.",
            ]),
        ...where([has.connector, "The connector grows for 30 s: `network.connector.minInstances`."]),
      ],
      rollback: services,
      rules: [
        "time/startup-window",
        ...where([has.connector, "time/connector-pressure"]),
        "time/probe-bounds",
        "time/drift",
      ],
      escalate: `Containers end although ${has.preflight ? "the preflight passes" : "what they need is in reach"}: the owners of the service, it is the application.`,
      section: "The services, callers first",
    },
    "instances-at-their-maximum": {
      means:
        "A service runs nearly all instances it may have. At the maximum further requests wait, then get 429 or 503.",
      first: [
        {
          say: "More load, or slower answers? The same number of requests with more instances means that something it calls is slow.",
          run: [context.preflightCommand],
        },
        {
          say: `Which revisions run? Two at once take twice the ${has.database || has.cache ? "connections" : "instances"}.`,
          run: services.map(
            ({ name }) =>
              `gcloud run revisions list --service=${names.service(name)} --limit=3 ${locationFlags}`,
          ),
        },
      ],
      fix: [
        `\`services.<name>.instances.max\`. \`npm start\` refuses it where ${enumerated(bounds, "or")} do not suffice; docs/capacity.md says what must change with it.`,
        "`services.<name>.concurrency` or `cpu`, where an instance could do more.",
      ],
      rollback: services,
      rules: [
        "capacity/instances",
        ...where([has.database, "capacity/database-connections"]),
        "capacity/direct-egress-addresses",
        "capacity/concurrency",
      ],
      escalate:
        "Load of an attack: limit it at the edge (`edge.armor.requestsPerMinute`) and inform the security team.",
      section: "The services, callers first",
    },
  } satisfies Record<string, Page>;
}
