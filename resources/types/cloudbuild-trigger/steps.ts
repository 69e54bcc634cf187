import type { Attributes } from "../../attributes.ts";
import { type Constraint, custom, duration, form } from "../../constraints/index.ts";

const BUILD_DOC = "https://docs.cloud.google.com/build/docs/api/reference/rest/v1/projects.builds";

/** The steps of a build, where all of them and the fields that decide are known. */
function knownSteps(trigger: Attributes): readonly Attributes[] | undefined {
  const steps = trigger.blocks("build.step");
  return steps.length > 0 && steps.length === trigger.entries("build.step") ? steps : undefined;
}

function* repeatedIds(trigger: Attributes) {
  const ids = (knownSteps(trigger) ?? []).flatMap((step) => step.string("id") || []);
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
    yield {
      found: `two steps of build have the id "${id}"`,
      because: "wait_for names a step by it",
      fix: "Give each step an id of its own.",
    };
}

/** A volume carries files from one step to another. */
function* lonelyVolumes(trigger: Attributes) {
  const steps = knownSteps(trigger) ?? [];
  const shared = trigger.get("build.options.volumes");
  const names = steps.flatMap((step) => step.blocks("volumes").map((volume) => volume.string("name")));
  if (names.includes(undefined) || shared !== undefined) return;
  if (steps.some((step) => step.blocks("volumes").length !== (step.entries("volumes") ?? 0))) return;
  for (const name of new Set(names))
    if (names.filter((other) => other === name).length === 1)
      yield {
        found: `the volume "${name}" is in one step of build`,
        because: "a volume is shared by two steps at least",
        fix: `Mount "${name}" in another step too, or remove it.`,
      };
}

/** Variables of secrets that a build has: from Secret Manager, or decrypted with a key. */
function* unknownSecrets(trigger: Attributes) {
  const sources = ["build.available_secrets.secret_manager", "build.secret"];
  if (sources.some((path) => trigger.blocks(path).length !== (trigger.entries(path) ?? 0))) return;
  const provided = trigger
    .blocks("build.available_secrets.secret_manager")
    .map((secret) => secret.string("env"));
  const decrypted = trigger.blocks("build.secret").map((secret) => secret.get("secret_env"));
  const names = [...provided, ...decrypted.flatMap((names) => Object.keys(names ?? {}))];
  if (names.includes(undefined) || trigger.isUnknown("build.secret")) return;
  for (const step of knownSteps(trigger) ?? []) {
    const used = step.get("secret_env");
    for (const name of Array.isArray(used) ? used : [])
      if (typeof name === "string" && !names.includes(name))
        yield {
          found: `secret_env of build.step has "${name}"`,
          because: "nothing in available_secrets has that name",
          fix: `Add secret_manager { env = "${name}", version_name = "projects/acme/secrets/token/versions/1" } to available_secrets.`,
        };
  }
}

/** What the API compares in the steps of a build that is written in the trigger. */
export const buildSteps: readonly Constraint[] = [
  custom("build.step.id: each once", repeatedIds, { source: BUILD_DOC }),
  custom("build.step.volumes: each in two steps at least", lonelyVolumes, { source: BUILD_DOC }),
  custom("build.step.secret_env: names in available_secrets", unknownSecrets, {
    source: "https://docs.cloud.google.com/build/docs/securing-builds/use-secrets",
  }),
  duration("build.timeout", { low: 1, high: 86_400, source: BUILD_DOC }),
  form("ref", /^refs\//, {
    within: "source_to_build",
    form: "a reference that begins with refs/",
    examples: ["refs/heads/main"],
    source: "https://docs.cloud.google.com/build/docs/api/reference/rest/v1/projects.triggers#GitRepoSource",
  }),
];
