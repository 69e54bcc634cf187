import type { Issue } from "../issue.ts";
import type { PlatformNames } from "../names.ts";
import { cloudRunAgent } from "../network/network-requirements.ts";
import { deployerMember, deployerName, type OwnerRequirement } from "../owner-requirement.ts";
import type { PlatformPlan } from "../plan.ts";
import { isService, pathOf, type Workload, workloads } from "../schema/environment.ts";
import { hasWatchdog } from "./rollout.ts";
import { projectOfAccount } from "./service-accounts.ts";

type Parts = Pick<PlatformPlan, "project" | "services" | "jobs" | "workerPools" | "names">;

/** A service account that others manage. */
export interface ForeignAccount {
  readonly email: string;
  readonly project: string;
  /** The services, jobs and worker pools that run as it: each has the rights of all. */
  readonly users: readonly Workload[];
}

export function foreignAccounts(plan: Pick<Parts, "services" | "jobs" | "workerPools">): ForeignAccount[] {
  const emails = new Set(workloads(plan).flatMap(({ serviceAccount }) => serviceAccount ?? []));
  return [...emails].map((email) => ({
    email,
    project: projectOfAccount(email),
    users: workloads(plan).filter(({ serviceAccount }) => serviceAccount === email),
  }));
}

/** Of several workloads with one account the first: a grant is made once for each account. */
export function onePerAccount(
  names: Pick<PlatformNames, "serviceAccountEmail">,
  workloadNames: readonly string[],
): string[] {
  const first = new Map(
    [...workloadNames].reverse().map((name) => [names.serviceAccountEmail(name), name] as const),
  );
  return workloadNames.filter((name) => first.get(names.serviceAccountEmail(name)) === name);
}

/** What the owners of accounts grant to those who deploy and roll back what runs as them, and to Cloud Run of another project. */
export function accountRequirements(
  plan: Parts & Pick<PlatformPlan, "delivery" | "state" | "preflight" | "projectNumber">,
): OwnerRequirement[] {
  const watchdog = `serviceAccount:${plan.names.accountEmail(plan.names.watchdog)}`;
  const accounts = foreignAccounts(plan);
  const others = new Set(accounts.map(({ project }) => project));
  others.delete(plan.project);
  const ofAccounts = accounts.flatMap(({ email, project, users }): OwnerRequirement[] => {
    const grant = (member: string, role: string) =>
      `gcloud iam service-accounts add-iam-policy-binding ${email} --project=${project} --member=${member} --role=${role}`;
    const who = users.map(({ name }) => name);
    const together = who.length === 1 ? "" : "; each has the rights of all";
    return [
      {
        requirement: `${deployerName(plan)} may act as ${email} (${who.join(", ")}${together})`,
        otherwise: "the deployment of what runs as it is rejected (iam.serviceAccounts.actAs)",
        commands: [grant(deployerMember(plan), "roles/iam.serviceAccountUser")],
      },
      ...(!hasWatchdog(plan) || !users.some(isService)
        ? []
        : [
            {
              requirement: `The rollback watchdog may act as ${email}`,
              otherwise: "it cannot roll back what runs as it",
              commands: [grant(watchdog, "roles/iam.serviceAccountUser")],
            },
          ]),
      ...(project === plan.project
        ? []
        : [
            {
              requirement: `Cloud Run of ${plan.project} may create tokens of ${email}`,
              otherwise: "no instance that runs as it starts",
              commands: [grant(cloudRunAgent(plan), "roles/iam.serviceAccountTokenCreator")],
            },
          ]),
    ];
  });
  return [...ofAccounts, ...[...others].map(projectRequirements)];
}

/** Once for each other project of accounts. https://docs.cloud.google.com/iam/docs/attach-service-accounts#attaching-different-project */
function projectRequirements(project: string): OwnerRequirement {
  return {
    requirement: `Accounts of ${project} may be used in other projects`,
    otherwise: "the deployment is rejected (iam.disableCrossProjectServiceAccountUsage)",
    commands: [
      `gcloud resource-manager org-policies disable-enforce iam.disableCrossProjectServiceAccountUsage --project=${project}`,
    ],
  };
}

/** Accounts that this environment creates are not those of others, and Pub/Sub and Eventarc send as accounts of their project. */
export function accountIssues(plan: Parts): Issue[] {
  const created = new Map(
    workloads(plan)
      .filter(({ serviceAccount }) => serviceAccount === undefined)
      .map(({ name }) => [plan.names.serviceAccountEmail(name), name]),
  );
  for (const id of [plan.names.planner, plan.names.deployer, plan.names.watchdog, plan.names.scheduler])
    created.set(plan.names.accountEmail(id), id);
  return workloads(plan).flatMap((workload): Issue[] => {
    const { serviceAccount } = workload;
    if (serviceAccount === undefined) return [];
    const issue = { path: [...pathOf(plan, workload), "serviceAccount"], value: `"${serviceAccount}"` };
    const owner = created.get(serviceAccount);
    const isPushed =
      isService(workload) && (workload.subscriptions ?? []).length + (workload.events ?? []).length > 0;
    return [
      ...(owner === undefined
        ? []
        : [
            {
              ...issue,
              allowed: `this environment creates that account, for ${owner}`,
              fix: "name an account that others manage, or leave it out",
            },
          ]),
      ...(isPushed && projectOfAccount(serviceAccount) !== plan.project
        ? [
            {
              ...issue,
              allowed: `Pub/Sub and Eventarc call this service with its account, which must be of project ${plan.project}`,
              fix: "name an account of this project, or leave it out",
            },
          ]
        : []),
    ];
  });
}
