import { cloudRunAgent } from "../network/network-requirements.ts";
import { type Environment, workloads } from "../schema/environment.ts";

/** A repository of Artifact Registry in another project, from which images of this environment come. */
export interface ForeignRepository {
  readonly project: string;
  /** Region or multi-region: "europe-west1", "europe". */
  readonly location: string;
  readonly repository: string;
  /** Names of services, jobs, worker pools, "SERVICE.SIDECAR" and "preflight". */
  readonly users: readonly string[];
  /** The command with which an owner of the repository lets Cloud Run read it. */
  readonly command: string;
}

type Parts = Pick<
  Environment,
  "project" | "projectNumber" | "delivery" | "services" | "jobs" | "workerPools" | "preflight"
>;

/**
 * The repositories of other projects, in alphabetical order. Cloud Run pulls an image as its own agent in the project of the service,
 * which may read the repositories of that project alone (https://docs.cloud.google.com/run/docs/deploying#other-projects).
 */
export function foreignRepositories(plan: Parts): ForeignRepository[] {
  const users = new Map<string, string[]>();
  for (const [user, image] of imagesOf(plan)) {
    const path = repositoryOf(image);
    if (path === undefined || path.startsWith(`projects/${plan.project}/`)) continue;
    users.set(path, [...(users.get(path) ?? []), user]);
  }
  return [...users].sort().map(([path, names]) => {
    const [, project = "", , location = "", , repository = ""] = path.split("/");
    return {
      project,
      location,
      repository,
      users: names,
      command: `gcloud artifacts repositories add-iam-policy-binding ${repository} --location=${location} --project=${project} --member=${cloudRunAgent(plan)} --role=roles/artifactregistry.reader`,
    };
  });
}

function imagesOf(plan: Parts): [user: string, image: string][] {
  const { preflight } = plan;
  return [
    ...workloads(plan).flatMap((workload): [string, string][] => [
      [workload.name, workload.image],
      ...(workload.sidecars ?? []).map(({ name, image }): [string, string] => [
        `${workload.name}.${name}`,
        image,
      ]),
    ]),
    ...(preflight === undefined ? [] : [["preflight", preflight.image] as [string, string]]),
  ];
}

/** Multi-regions of the hosts of Container Registry, whose images are in Artifact Registry. */
const CONTAINER_REGISTRY: Readonly<Record<string, string>> = {
  "gcr.io": "us",
  "us.gcr.io": "us",
  "eu.gcr.io": "europe",
  "asia.gcr.io": "asia",
};

/** "projects/P/locations/L/repositories/R"; undefined for an image of another registry, which no role of Google's opens. */
function repositoryOf(image: string): string | undefined {
  const [host = "", project = "", repository = ""] = image.split("/");
  const ofContainerRegistry = CONTAINER_REGISTRY[host];
  if (ofContainerRegistry !== undefined)
    return `projects/${project}/locations/${ofContainerRegistry}/repositories/${host}`;
  const location = /^([a-z0-9-]+)-docker\.pkg\.dev$/.exec(host)?.[1];
  return location === undefined
    ? undefined
    : `projects/${project}/locations/${location}/repositories/${repository}`;
}
