import type { PlanParts } from "../platform/plan.ts";

/** A secret that the platform needs, and the command that adds its value. */
export interface SecretDuty {
  readonly name: string;
  /** Version that services read. */
  readonly version: number;
  /** Command that adds a version; the value never passes through this project. */
  readonly command: string;
  /** When it can be run. */
  readonly when: string;
}

/** Every secret of an environment with the command that adds a version. Values that Google generates are piped, never shown. */
export function secretDuties(plan: SecretParts): SecretDuty[] {
  return plan.secrets.map(({ name, version }) => ({ name, version, ...source(plan, name) }));
}

type SecretParts = PlanParts<"secrets" | "cache" | "database">;

function source(plan: SecretParts, name: string): Pick<SecretDuty, "command" | "when"> {
  const { project, region, names, cache, database } = plan;
  const add = `gcloud secrets versions add ${name} --project=${project} --data-file=-`;
  const describe = `gcloud redis instances`;
  const redis = `${names.redis} --project=${project} --region=${region}`;
  if (cache?.auth && name === cache.authSecret) {
    return {
      command: `${describe} get-auth-string ${redis} --format='value(authString)' | ${add}`,
      when: `after ${names.stack("data")}`,
    };
  }
  if (cache?.tls && name === cache.caSecret) {
    return {
      command: `${describe} describe ${redis} --format='value(serverCaCerts[].cert)' | ${add}`,
      when: `after ${names.stack("data")}`,
    };
  }
  if (name === database?.caSecret) {
    return {
      command: `gcloud sql instances describe ${names.database} --project=${project} --format='value(serverCaCert.cert)' | ${add}`,
      when: `after ${names.stack("data")}`,
    };
  }
  if (name === database?.passwordSecret) {
    const user = `gcloud sql users create ${database.user} --project=${project} --instance=${names.database}`;
    return {
      command: `openssl rand -base64 32 | tr -d '\\n' | ${add} && ${user} --password="$(gcloud secrets versions access latest --secret=${name} --project=${project})"`,
      when: `after ${names.stack("data")}`,
    };
  }
  return { command: add, when: `after ${names.stack("foundation")}` };
}
