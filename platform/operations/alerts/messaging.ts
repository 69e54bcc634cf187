import {
  DAYS_OF_DEAD_LETTERS,
  DAYS_UNDELIVERED,
  type Subscription,
} from "../../backing-services/messaging.ts";
import type { Alert, Series } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { aboveThreshold } from "./above-threshold.ts";

type Parts = AlertContext<"subscriptions" | "deadlines">;

/** Messages that a service does not take in time, or not at all. */
export function messagingAlerts(context: Parts): Alert[] {
  return context.subscriptions.flatMap((subscription) => [
    waiting(context, subscription),
    deadLetters(context, subscription),
  ]);
}

function series(name: string, metric: string): Series {
  return {
    metric: `pubsub.googleapis.com/subscription/${metric}`,
    resource: "pubsub_subscription",
    resourceLabels: { subscription_id: name },
  };
}

const BY_SUBSCRIPTION = ["resource.label.subscription_id"] as const;

/** Why the service did not take them. */
function answers({ names, projectFlag }: Parts, service: string): string {
  return `gcloud logging read 'resource.type="cloud_run_revision" AND resource.labels.service_name="${names.service(service)}" AND httpRequest.status>=400' --freshness=1h --limit=20 ${projectFlag}`;
}

function waiting(context: Parts, { service, topic, name, deadline, attempts }: Subscription): Alert {
  const { names, alertWindows, deadlines, locationFlags, projectFlag } = context;
  // One message may take its deadline, and before it the first instance may have to start.
  const longest = deadline + deadlines.startupWindow;
  return {
    id: `subscription-${topic}-${service}-waiting`,
    severity: "ticket",
    symptom: "messages-wait",
    title: `Messages of ${names.topic(topic)} wait for ${names.service(service)}`,
    meaning: `The oldest message is older than one delivery and the start of an instance take: the service does not keep up, or answers with errors. What is not delivered in ${DAYS_UNDELIVERED} days is lost.`,
    numbers: [
      `${longest} s: deadline of the subscription ${deadline} s (services.${service}.subscriptions) + start-up window ${deadlines.startupWindow} s (deadlines.startupWindow)`,
      `${attempts} deliveries of one message before it goes to the dead letters (services.${service}.subscriptions)`,
    ],
    commands: [
      answers(context, service),
      `gcloud run services describe ${names.service(service)} ${locationFlags}`,
      `gcloud pubsub subscriptions describe ${name} ${projectFlag}`,
    ],
    conditions: [
      aboveThreshold({
        title: `a message waits longer than ${longest} s`,
        series: series(name, "oldest_unacked_message_age"),
        aggregation: {
          period: alertWindows.minute,
          aligner: "ALIGN_MAX",
          reducer: "REDUCE_MAX",
          groupBy: BY_SUBSCRIPTION,
        },
        threshold: longest,
        duration: alertWindows.sustained,
      }),
    ],
  };
}

function deadLetters(context: Parts, { service, topic, name, attempts }: Subscription): Alert {
  const { names, alertWindows, projectFlag } = context;
  return {
    id: `subscription-${topic}-${service}-dead-letters`,
    severity: "ticket",
    symptom: "dead-letters",
    title: `${names.service(service)} could not handle messages of ${names.topic(topic)}`,
    meaning: `They were delivered ${attempts} times and are kept as dead letters for ${DAYS_OF_DEAD_LETTERS} days: nobody works on them until a person publishes them again.`,
    numbers: [`${attempts} deliveries of one message (services.${service}.subscriptions)`],
    commands: [
      answers(context, service),
      `gcloud pubsub subscriptions pull ${names.deadLetters(topic)} --limit=10 --format=json ${projectFlag}`,
      `gcloud pubsub subscriptions describe ${name} ${projectFlag}`,
    ],
    conditions: [
      aboveThreshold({
        title: "a message became a dead letter",
        series: series(name, "dead_letter_message_count"),
        aggregation: {
          period: alertWindows.sustained,
          aligner: "ALIGN_DELTA",
          reducer: "REDUCE_SUM",
          groupBy: BY_SUBSCRIPTION,
        },
        threshold: 0,
      }),
    ],
  };
}
