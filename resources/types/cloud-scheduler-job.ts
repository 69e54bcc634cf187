import { accountEmail } from "../account-email.ts";
import type { Attributes } from "../attributes.ts";
import { base64 } from "../base64.ts";
import { atLeastOneOf, custom, forbidden, form, range } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { nameForm } from "../name-form.ts";
import { holdsPlaceholder } from "../placeholders.ts";
import type { ResourceType } from "../resource-type.ts";

/** Cloud Scheduler job. */
export const cloudSchedulerJob: ResourceType = {
  type: "google_cloud_scheduler_job",
  label: "schedule",
  requiredRole: "roles/cloudscheduler.admin",
  references: {
    "pubsub_target.topic_name": ["google_pubsub_topic"],
    "http_target.oidc_token.service_account_email": ["google_service_account"],
    "http_target.oauth_token.service_account_email": ["google_service_account"],
  },
  fieldRules: [
    nameForm(/^(?:projects\/.*\/jobs\/)?[A-Za-z\d_-]{1,500}$/, {
      source: "https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs",
      words: "1 to 500 letters, digits, hyphens and underscores",
    }),
    accountEmail(
      "http_target.oidc_token.service_account_email",
      "http_target.oauth_token.service_account_email",
    ),
    fullNames("https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/PubsubTarget", [
      fullNameForm("pubsub_target.topic_name", "projects/PROJECT/topics/NAME"),
    ]),
    {
      id: "time/cron",
      source: "https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs",
      constraints: [custom("time_zone: a name of the time zone database", unknownTimeZone)],
    },
    {
      id: "service/schedule-body",
      why: "A schedule sends bytes, which the provider takes in base64 only.",
      source:
        "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloud_scheduler_job",
      constraints: ["http_target.body", "pubsub_target.data", "app_engine_http_target.body"].map(
        (attribute) => base64(attribute, { outcome: "rejected at plan" }),
      ),
    },
    {
      id: "service/schedule-request",
      why: "Cloud Scheduler sends a body with some methods only, and tries again a few times at most.",
      source: "https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs",
      constraints: [
        atLeastOneOf(["data", "attributes"], {
          within: "pubsub_target",
          because: "a message has data or attributes",
          fix: 'Set data = base64encode("...").',
        }),
        range("retry_config.retry_count", { low: 0, high: 5, unit: "tries" }),
        form("http_target.uri", /^https?:\/\/[^/]/i, {
          form: "a URL that begins with https:// or http://",
          examples: ["https://orders.example.com/nightly"],
        }),
        form("app_engine_http_target.relative_uri", /^\//, {
          form: "a path that begins with /",
          examples: ["/tasks/nightly"],
        }),
        ...["http_target", "app_engine_http_target"].map((target) =>
          forbidden([`${target}.body`], {
            when: { [`${target}.http_method`]: ["GET", "DELETE", "HEAD", "OPTIONS"] },
            because: "a request of that method has no body",
            fix: 'Set http_method = "POST", or remove body.',
          }),
        ),
      ],
    },
  ],
  deleteImpact: {
    destroyed: "what it started is not started any more",
    replaced: undefined,
  },
};

function* unknownTimeZone(job: Attributes) {
  const zone = job.string("time_zone");
  if (zone === undefined || zone === "" || holdsPlaceholder(zone) || isTimeZone(zone)) return;
  yield {
    found: `time_zone is "${zone}"`,
    because: "the time zone database has no such name",
    fix: 'Write for example "Etc/UTC" or "Europe/Berlin".',
  };
}

function isTimeZone(name: string): boolean {
  // Offsets such as "+01:00" are no names.
  if (!/^[A-Za-z]/.test(name)) return false;
  // The usual one: loading the database of all others takes longer than most of the rules.
  if (name === "Etc/UTC") return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
