import { isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { CHANNEL_DOC } from "./sources.ts";

/** Labels without which a channel of the type is refused. */
const REQUIRED: { readonly [type: string]: readonly string[] } = {
  email: ["email_address"],
  pubsub: ["topic"],
  sms: ["number"],
  slack: ["channel_name"],
  webhook_basicauth: ["url"],
  webhook_tokenauth: ["url"],
};

const TYPES = [
  "campfire",
  "cloud_mobile_app",
  "email",
  "google_chat",
  "hipchat",
  "pagerduty",
  "pubsub",
  "slack",
  "sms",
  "webhook_basicauth",
  "webhook_tokenauth",
];

/** Notification channels exist and say where to deliver. */
export const channel: Rule = {
  id: "observability/channel",
  why: "Alerts go to channels by the id that Google gave them; a display name or an address in its place is refused, and a policy without channels tells nobody.",
  limit: "projects/PROJECT/notificationChannels/ID; each type with its own labels",
  fix: "Refer to the channel: notification_channels = [google_monitoring_notification_channel.NAME.id].",
  source: CHANNEL_DOC,
  example: `resource "google_monitoring_alert_policy" "errors" {
  notification_channels = ["ops@example.com"]
}`,
  *check(graph) {
    const policies = graph.all("google_monitoring_alert_policy");
    const silent = policies.filter(tellsNobody);
    const [first] = silent;
    if (first !== undefined)
      yield {
        resource: first,
        severity: "warning",
        message:
          silent.length === 1
            ? "the policy has no notification_channels: it tells nobody."
            : `${silent.length} policies have no notification_channels and tell nobody, this one first.`,
      };
    for (const policy of policies) yield* channels(policy);
    for (const resource of graph.all("google_monitoring_notification_channel")) {
      const type = resource.string("type");
      const email = type === "email" ? resource.string("labels.email_address") : undefined;
      if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email) && !/^\W/.test(email))
        yield {
          resource,
          severity: "error",
          message: `email_address is "${email}": refused at apply, that is no address.`,
          fix: "Write NAME@DOMAIN.",
        };
      if (type !== undefined && !TYPES.includes(type))
        yield {
          resource,
          severity: "error",
          message: `the channel is of type "${type}": refused at apply, the types are ${TYPES.join(", ")}.`,
          fix: "Write one of them.",
        };
      for (const label of REQUIRED[type ?? ""] ?? []) {
        const labels = resource.get("labels");
        if (isUnknown(labels) || resource.get(`labels.${label}`) !== undefined) continue;
        yield {
          resource,
          severity: "error",
          message: `the channel is of type ${type} but has no label ${label}: refused at apply.`,
          fix: `Add labels = { ${label} = ... }.`,
        };
      }
    }
  },
};

function tellsNobody(policy: Resource): boolean {
  const list = policy.get("notification_channels");
  return list === undefined || (Array.isArray(list) && list.length === 0);
}

function* channels(policy: Resource): Iterable<Verdict> {
  const list = policy.get("notification_channels");
  for (const value of Array.isArray(list) ? list : []) {
    if (typeof value !== "string" || /^projects\/[^/]+\/notificationChannels\/[^/]+$/.test(value)) continue;
    yield {
      resource: policy,
      severity: "error",
      message: `notification_channels names "${value}", which is not the id of a channel: refused at apply.`,
    };
  }
}
