import type { Issue } from "../issue.ts";
import { deployerMember, deployerName, type OwnerRequirement } from "../owner-requirement.ts";
import type { PlatformPlan } from "../plan.ts";
import { type Environment, workloads } from "../schema/environment.ts";
import { secretNames } from "./contract.ts";
import { isForeignSecret, secretReference } from "./secret-reference.ts";
import { sidecarVariables } from "./sidecars.ts";

type ReaderParts = Pick<PlatformPlan, "services" | "jobs" | "workerPools" | "secrets" | "contract">;

/** Names of the services, jobs and worker pools that read each secret, by the secret's reference. */
export function readersOfSecrets(plan: ReaderParts): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const workload of workloads(plan)) {
    const ofSidecars = (workload.sidecars ?? []).flatMap((sidecar) => sidecarVariables(plan, sidecar));
    for (const secret of secretNames([...plan.contract(workload), ...ofSidecars]))
      readers.set(secret, [...(readers.get(secret) ?? []), workload.name]);
  }
  return readers;
}

/** What the owners of secrets in other projects grant: their values to who reads them, their versions to who deploys. */
export function secretRequirements(
  plan: ReaderParts & Pick<PlatformPlan, "names" | "delivery">,
): OwnerRequirement[] {
  const readers = readersOfSecrets(plan);
  return plan.secrets.filter(isForeignSecret).flatMap((secret): OwnerRequirement[] => {
    const { name, project } = secret;
    const grant = (member: string, role: string) =>
      `gcloud secrets add-iam-policy-binding ${name} --project=${project} --member=${member} --role=${role}`;
    const users = readers.get(secretReference(secret)) ?? [];
    const accounts = [...new Set(users.map((user) => plan.names.serviceAccountEmail(user)))];
    if (users.length === 0) return [];
    return [
      {
        requirement: `Secret ${name} of project ${project} may be read by ${users.join(", ")}`,
        otherwise: "the deployment of what reads it is rejected: permission denied on the secret",
        commands: accounts.map((account) =>
          grant(`serviceAccount:${account}`, "roles/secretmanager.secretAccessor"),
        ),
      },
      {
        requirement: `${deployerName(plan)} may see the versions of ${name} in ${project}`,
        otherwise: "npm run secrets and rollouts cannot tell whether its version is there",
        commands: [grant(deployerMember(plan), "roles/secretmanager.viewer")],
      },
    ];
  });
}

/** A secret of another project says which, and the environment's own project is not another one. */
export function secretProjects({ project, secrets }: Pick<Environment, "project" | "secrets">): Issue[] {
  return secrets.flatMap((secret, index) =>
    secret.project !== project
      ? []
      : [
          {
            path: ["secrets", index, "project"],
            value: `"${project}"`,
            allowed: "that is this environment's own project, whose secrets are created here",
            fix: "remove it; a secret that is there already goes into existing.secrets",
            uses: [["project"]],
          },
        ],
  );
}
