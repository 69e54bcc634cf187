import type { CacheInstance } from "../platform/backing-services/caches.ts";
import type { PlanParts } from "../platform/plan.ts";
import type { Database } from "../platform/schema/environment.ts";

/** A secret that the platform needs, and the command that adds its value. */
export interface SecretDuty {
  readonly name: string;
  /** The environment's own, or that of others who manage it. */
  readonly project: string;
  /** Version that services read. */
  readonly version: number;
  /** Command that adds a version; the value never passes through this project. */
  readonly command: string;
  /** When it can be run. */
  readonly when: string;
}

/** Every secret of an environment with the command that adds a version. Values that Google generates are piped, never shown. */
export function secretDuties(plan: SecretParts): SecretDuty[] {
  return plan.secrets.map(({ name, version, project = plan.project }) => ({
    name,
    project,
    version,
    ...source(plan, name, project),
  }));
}

type SecretParts = PlanParts<"secrets" | "cacheInstances" | "databaseInstances">;

function source(plan: SecretParts, name: string, home: string): Pick<SecretDuty, "command" | "when"> {
  const { project, names, cacheInstances, databaseInstances } = plan;
  const add = `gcloud secrets versions add ${name} --project=${home} --data-file=-`;
  for (const cache of cacheInstances) {
    const command = cacheSecret(plan, cache, name);
    if (command !== undefined)
      return { command: `${command} | ${add}`, when: `after ${names.stack("data")}` };
  }
  for (const { instance, settings } of databaseInstances) {
    const command = databaseSecret({ project, home, add }, instance, settings, name);
    if (command !== undefined) return { command, when: `after ${names.stack("data")}` };
  }
  const when = home === project ? `after ${names.stack("foundation")}` : `by an owner of project ${home}`;
  return { command: add, when };
}

/** The command that prints the AUTH string or the CA of a cache; undefined where the secret is neither. */
function cacheSecret(
  { project, region }: Pick<SecretParts, "project" | "region">,
  { instance, settings, engine }: CacheInstance,
  name: string,
): string | undefined {
  const { auth, authSecret, tls, caSecret } = settings;
  if (engine.id === "valkey")
    return tls && name === caSecret
      ? `gcloud memorystore instances get-certificate-authority ${instance} --project=${project} --location=${region} --format='value(managedServerCa.caCerts[].certificates[])'`
      : undefined;
  const redis = `${instance} --project=${project} --region=${region}`;
  if (auth && name === authSecret)
    return `gcloud redis instances get-auth-string ${redis} --format='value(authString)'`;
  if (tls && name === caSecret)
    return `gcloud redis instances describe ${redis} --format='value(serverCaCerts[].cert)'`;
  return undefined;
}

/** The command for the CA of an instance, or for the password of one of its logins; undefined where the secret is neither. */
function databaseSecret(
  { project, home, add }: { readonly project: string; readonly home: string; readonly add: string },
  instance: string,
  { caSecret, user, passwordSecret, furtherUsers = [] }: Database,
  name: string,
): string | undefined {
  if (name === caSecret)
    return `gcloud sql instances describe ${instance} --project=${project} --format='value(serverCaCert.cert)' | ${add}`;
  const login = [{ user, passwordSecret }, ...furtherUsers].find((each) => each.passwordSecret === name);
  if (login === undefined) return undefined;
  const create = `gcloud sql users create ${login.user} --project=${project} --instance=${instance}`;
  return `openssl rand -base64 32 | tr -d '\\n' | ${add} && ${create} --password="$(gcloud secrets versions access latest --secret=${name} --project=${home})"`;
}
