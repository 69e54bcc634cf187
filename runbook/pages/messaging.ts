import { usesDatabase } from "../../platform/backing-services/databases.ts";
import { DAYS_OF_DEAD_LETTERS, type Subscription } from "../../platform/backing-services/messaging.ts";
import { deliveryLimits } from "../../resources/limits.ts";
import type { Page, RunbookContext } from "../page.ts";

/** Messages of topics that services subscribe to. */
export function messagingPages(context: RunbookContext, subscriptions: readonly Subscription[]) {
  const { names, locationFlags, projectFlag } = context;
  const subscribers = context.services.filter(({ name }) =>
    subscriptions.some(({ service }) => service === name),
  );
  const proof = subscribers.some(usesDatabase)
    ? "; `npm start` proves that the database takes the connections"
    : "";
  const topics = [...new Set(subscriptions.map(({ topic }) => topic))];
  const refused = subscribers.map(({ name }) =>
    context.logs(
      `resource.type="cloud_run_revision" AND resource.labels.service_name="${names.service(name)}" AND httpRequest.status>=400`,
      "table(timestamp,httpRequest.status,httpRequest.latency,httpRequest.requestUrl)",
    ),
  );
  const answers =
    "403: the account of the ID token may not call the service. 404: the path of the subscription is not one of the service. 429: no instance was free. 504: it took longer than its requestTimeout.";
  return {
    "messages-wait": {
      means:
        "The oldest message of a subscription is older than one delivery and the start of an instance take. Usually the service answers with errors, so that messages come again, or there are more messages than its instances can work on.",
      first: [
        { say: `What does the service answer to Pub/Sub? ${answers}`, run: refused },
        {
          say: "No errors: are there more messages than it can work on, or does each take longer than before?",
          run: subscribers.map(
            ({ name }) => `gcloud run services describe ${names.service(name)} ${locationFlags}`,
          ),
        },
        { say: "Ask from inside the network what is out of reach.", run: [context.preflightCommand] },
      ],
      fix: [
        `It does not keep up: raise \`services.<name>.instances.max\` or \`concurrency\`${proof}.`,
        `A message takes longer than its deadline, and is sent again meanwhile: raise \`services.<name>.requestTimeout\`, which is the deadline where no \`deadline\` is written, up to ${deliveryLimits.ackDeadlineHigh.value} s, or split the work.`,
      ],
      rollback: subscribers,
      rules: ["time/delivery-deadline", "identity/run-invoker"],
      escalate: "The service answers 2xx and messages still wait: its owners, then Google's status page.",
      section: "Messages",
    },
    "dead-letters": {
      means: `A service did not take a message in all of its deliveries. The message is kept for ${DAYS_OF_DEAD_LETTERS} days in the subscription of the dead letters; nothing works on it until a person publishes it again.`,
      first: [
        {
          say: "Look at them. They stay where they are, and are shown again ten minutes later.",
          run: topics.map(
            (topic) =>
              `gcloud pubsub subscriptions pull ${names.deadLetters(topic)} --limit=10 --format=json ${projectFlag}`,
          ),
        },
        { say: `Why did the service not take them? ${answers}`, run: refused },
        {
          say: "The cause is gone: publish each again, DATA decoded from base64 and with the attributes that it had (--attribute), and then take it out with its ACK_ID. Every subscriber of the topic gets it, those that took it before as well.",
          run: topics.flatMap((topic) => [
            `gcloud pubsub topics publish ${names.topic(topic)} --message=DATA ${projectFlag}`,
            `gcloud pubsub subscriptions ack ${names.deadLetters(topic)} --ack-ids=ACK_ID ${projectFlag}`,
          ]),
        },
      ],
      fix: [
        "The service could not read them: answer 2xx to what can never be handled, and log it.",
        "What it depends on was down for longer than all deliveries took: raise `attempts` of its subscription, up to 100.",
      ],
      rollback: subscribers,
      rules: ["identity/dead-letter", "time/pubsub"],
      escalate: "Messages of one kind come again and again: the owners of what publishes them.",
      section: "Messages",
    },
  } satisfies Record<string, Page>;
}
