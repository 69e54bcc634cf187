import { choice, form, required } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

const CHANNEL_DOC =
  "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels";

/** By type, the label without which the API rejects a channel. */
const LABELS: Readonly<Record<string, string | undefined>> = {
  campfire: undefined,
  cloud_mobile_app: undefined,
  email: "email_address",
  google_chat: undefined,
  hipchat: undefined,
  pagerduty: undefined,
  pubsub: "topic",
  slack: "channel_name",
  sms: "number",
  webhook_basicauth: "url",
  webhook_tokenauth: "url",
};

/** Notification channel of Cloud Monitoring. */
export const monitoringNotificationChannel: ResourceType = {
  type: "google_monitoring_notification_channel",
  label: "notification channel",
  nameAttribute: null,
  externalKind: "notification-channel",
  requiredRole: "roles/monitoring.notificationChannelEditor",
  deleteImpact: {
    destroyed: "nobody is alerted through it any more",
    replaced: undefined,
  },
  fieldRules: [
    {
      id: "observability/channel",
      source: CHANNEL_DOC,
      constraints: [
        choice("type", Object.keys(LABELS)),
        ...Object.entries(LABELS).flatMap(([type, label]) =>
          label === undefined
            ? []
            : required([`labels.${label}`], {
                when: { type: [type] },
                fix: `Add labels = { ${label} = "..." }.`,
              }),
        ),
        // What begins with a bracket or a dollar sign is a placeholder.
        form("labels.email_address", /^([$<{%[(].*|[^@\s]+@[^@\s]+)$/s, {
          when: { type: ["email"] },
          form: "an email address",
          examples: ["ops@example.com"],
        }),
        ...["webhook_tokenauth", "webhook_basicauth"].map((type) =>
          form("labels.url", /^([$<{%[(].*|https?:\/\/[^/\s].*)$/s, {
            when: { type: [type] },
            form: "a URL",
            examples: ["https://hooks.example.com/alert"],
          }),
        ),
        form("labels.topic", /^([$<{%[(].*|projects\/[^/]+\/topics\/[^/]+)$/s, {
          when: { type: ["pubsub"] },
          form: "projects/PROJECT/topics/NAME",
          examples: ["projects/acme-orders/topics/alerts"],
        }),
        form("labels.number", /^([$<{%[(].*|\+[\d ().-]+)$/s, {
          when: { type: ["sms"] },
          form: "a number with + and its country",
          examples: ["+491701234567"],
        }),
      ],
    },
  ],
};
