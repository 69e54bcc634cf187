import type { Attributes } from "../attributes.ts";
import { anything, custom, form, required } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { nameForm } from "../name-form.ts";
import type { ResourceType } from "../resource-type.ts";
import { buildSteps } from "./cloudbuild-trigger/steps.ts";

/** Without an underscore only Cloud Build's own are taken. */
function* ownSubstitutions(trigger: Attributes) {
  const written = trigger.isUnknown("substitutions") ? undefined : trigger.get("substitutions");
  for (const name of Object.keys(written ?? {}))
    if (!/^_[A-Z0-9_]+$/.test(name))
      yield {
        found: `substitutions has ${name}`,
        because:
          "the name of a substitution begins with an underscore and has capitals, digits and underscores",
        fix: `Write _${name.toUpperCase().replace(/^_+|\W/g, "")}, here and in the build.`,
      };
}

function* unknownSteps(trigger: Attributes) {
  const steps = trigger.blocks("build.step");
  const ids = steps.map((step) => step.string("id"));
  const areKnown =
    steps.length === trigger.entries("build.step") && !steps.some((step) => step.isUnknown("id"));
  if (!areKnown) return;
  for (const step of steps) {
    const awaited = step.get("wait_for");
    for (const id of Array.isArray(awaited) ? awaited : [])
      if (typeof id === "string" && id !== "-" && !ids.includes(id))
        yield {
          found: `wait_for of build.step has "${id}"`,
          because: "no step has that id",
          fix: `Name one of ${ids.filter((one) => one !== undefined).join(", ") || "the ids of the steps"}, or "-".`,
        };
  }
}

/** Trigger of Cloud Build. */
export const cloudbuildTrigger: ResourceType = {
  type: "google_cloudbuild_trigger",
  label: "build trigger",
  fieldRules: [
    nameForm(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/, {
      source: "https://docs.cloud.google.com/build/docs/api/reference/rest/v1/projects.triggers",
      words: "1 to 64 letters, digits and hyphens, and no hyphen at an end",
    }),
    fullNames(
      "https://docs.cloud.google.com/build/docs/api/reference/rest/v1/projects.triggers#BuildTrigger",
      [
        fullNameForm("service_account", "projects/PROJECT/serviceAccounts/NAME"),
        fullNameForm("pubsub_config.topic", "projects/PROJECT/topics/NAME"),
        fullNameForm("webhook_config.secret", "projects/PROJECT/secrets/NAME/versions/VERSION"),
      ],
    ),
    {
      id: "service/build-steps",
      why: "Cloud Build compares branches and steps when the trigger is made or the build starts, not before.",
      source: "https://docs.cloud.google.com/build/docs/configuring-builds/configure-build-step-order",
      constraints: [
        custom("build.step.wait_for: ids of steps, or -", unknownSteps),
        ...buildSteps,
        ...[
          "github.push",
          "github.pull_request",
          "repository_event_config.push",
          "repository_event_config.pull_request",
        ].flatMap((within) =>
          ["branch", ...(within.endsWith("push") ? ["tag"] : [])].map((attribute) =>
            form(attribute, /^(?![*+?])[^\0]+$/, {
              within,
              form: "a regular expression",
              examples: ["^main$", ".*"],
              source: "https://docs.cloud.google.com/build/docs/automating-builds/create-manage-triggers",
            }),
          ),
        ),
      ],
    },
    {
      id: "service/build-substitutions",
      why: "Cloud Build keeps names without an underscore for itself.",
      source: "https://docs.cloud.google.com/build/docs/build-config/substitute-variable-values",
      constraints: [custom("substitutions: names that begin with an underscore", ownSubstitutions)],
    },
    {
      id: "service/build-logs",
      why: "A build that runs as an account of its own does not write to the default bucket of logs, and does not start without another place.",
      source:
        "https://docs.cloud.google.com/build/docs/securing-builds/configure-user-specified-service-accounts",
      constraints: [
        required(["build.options.logging"], {
          when: {
            service_account: [anything],
            build: [anything],
            "build.logs_bucket": [undefined],
            "build.options.logging": [undefined],
            "build.options.default_logs_bucket_behavior": [undefined],
          },
          outcome: "fails at run time",
          because: "a build with a service account needs a place for its logs",
          fix: 'Add options { logging = "CLOUD_LOGGING_ONLY" } to build, or set logs_bucket.',
        }),
      ],
    },
  ],
};
