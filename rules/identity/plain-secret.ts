import { type Variable, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Value } from "../../graph/index.ts";
import { isCertainSecretName, withoutSecretTexts } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

/** Values that are no secret although the name suggests one: empty, a boolean, a small or decimal number, a path, an id, a placeholder. */
const NO_SECRET =
  /^(|true|false|none|null|disabled|\d{1,3}|\d*\.\d+|\/.*|projects\/.*|sm:\/\/.*|gs:\/\/.*|<.*>|\$\{.*\}|\$\(.*\)|x+|\*+)$/i;

const PASSWORD_IN_URL = /^[a-z][a-z0-9+.-]*:\/\/[^/:@\s]*:[^/@\s]{1,200}@/i;

/** A secret in a plain environment variable is shown in the state, in the plan and in the console. */
export const plainSecret: Rule = {
  id: "identity/plain-secret",
  why: "A secret that is written as the plain value of an environment variable can be read by everyone who can view the service, the plan or the code.",
  limit: "passwords, tokens and keys come from Secret Manager through value_source",
  fix: "Put the value into a google_secret_manager_secret and refer to it with value_source.secret_key_ref.",
  source: "https://docs.cloud.google.com/run/docs/configuring/services/secrets",
  *check(graph) {
    for (const { resource, containers } of workloads(graph)) {
      for (const variable of containers.flatMap(({ env }) => env)) {
        const why = plain(graph, variable);
        if (why === undefined) continue;
        yield {
          resource,
          message: `environment variable ${variable.name} has ${why} as plain value; is a security risk: everyone who may view the service can read it.`,
        };
      }
    }
  },
};

function plain(graph: Graph, { name, value }: Variable): string | undefined {
  if (typeof value !== "string") return undefined;
  if (withoutSecretTexts(value, "") !== value)
    return PASSWORD_IN_URL.test(value) ? "a URL with a password" : "a text with a secret";
  if (!isCertainSecretName(name) || NO_SECRET.test(value) || /^https?:\/\//.test(value)) return undefined;
  return isSecretId(graph, value) ? undefined : "a secret";
}

/** Some applications fetch the secret themselves and receive its name only. */
function isSecretId(graph: Graph, value: Value): boolean {
  return graph
    .all("google_secret_manager_secret")
    .some((secret) => secret.get("secret_id") === value || secret.get("secret_id") === undefined);
}
