import { BUCKET_CHARACTERS, bucketNameIssue } from "../../resources/bucket-names.ts";
import { hostOf, ownerBucket } from "../delivery/access.ts";
import type { Issue } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";
import { rolloutDuration } from "../workloads/rollout.ts";

type Delivered = Pick<Environment, "delivery" | "state">;
type RolledOut = Delivered & Pick<Environment, "services" | "preflight" | "deadlines" | "rollout">;

/** Seconds for a rollout in a job of GitHub, which ends after six hours: the rest is for the deployment before it. */
const LONGEST_ROLLOUT = 5 * 3600;

/** What workflows need of the states, and what must be out of their reach. */
export function deliveries(environment: RolledOut): Issue[] {
  return [...states(environment), ...repositories(environment), ...rolloutsInJobs(environment)];
}

/** Forms that only one of the two hosts knows. */
function repositories({ delivery }: Delivered): Issue[] {
  if (delivery === undefined || hostOf(delivery) === "gitlab") return [];
  const { repository, gitlabUrl } = delivery;
  return [
    // Without a slash it is refused as well on GitLab.
    ...(!repository.includes("/") || /^[A-Za-z0-9-]{1,39}\/[^/]+$/.test(repository)
      ? []
      : [
          {
            path: ["delivery", "repository"],
            value: `"${repository}"`,
            allowed: 'a repository of GitHub is "owner/name"',
            fix: 'write for example "acme/platform", or host: "gitlab" for a project of GitLab',
            uses: [["delivery", "host"]],
          },
        ]),
    ...(gitlabUrl === undefined
      ? []
      : [
          {
            path: ["delivery", "gitlabUrl"],
            value: `"${gitlabUrl}"`,
            allowed: "the repository is on GitHub",
            fix: 'write host: "gitlab", or remove gitlabUrl',
            uses: [["delivery", "host"]],
          },
        ]),
  ];
}

/** A rollout after each deployment has its gates, and ends before the job does. */
function rolloutsInJobs(environment: RolledOut): Issue[] {
  const { delivery, preflight } = environment;
  if (delivery?.rollout !== true) return [];
  const issue = { path: ["delivery", "rollout"], value: "true" };
  const shortest = rolloutDuration(environment);
  return [
    ...(preflight === undefined
      ? [
          {
            ...issue,
            allowed:
              "a rollout probes each new revision with the preflight, and there is no section preflight",
            fix: "write preflight: { image: ... } (docs/preflight.md), or remove rollout and move the traffic by hand",
            uses: [["preflight"]],
          },
        ]
      : []),
    ...(shortest > LONGEST_ROLLOUT
      ? [
          {
            ...issue,
            allowed: `a rollout of all services takes at least ${shortest} s, and a job of GitHub has ${LONGEST_ROLLOUT} s for it`,
            fix: "write fewer rollout.steps or a shorter deadlines.soak, or remove rollout and run npm run rollout elsewhere",
            uses: [
              ["rollout", "steps"],
              ["deadlines", "soak"],
            ],
          },
        ]
      : []),
  ];
}

function states({ delivery, state }: Delivered): Issue[] {
  if (delivery === undefined) return [];
  // A runner's disk is deleted after its job: a local state would be lost, and the next run would create everything again.
  if (state === undefined)
    return [
      {
        path: ["delivery"],
        value: `"${delivery.repository}"`,
        allowed: "workflows need a state that outlives their runner, and state.bucket names none",
        fix: "name state.bucket, make the bucket with npm run bootstrap, and move the local state into it",
        uses: [["state"]],
      },
    ];
  return ownerBuckets(state);
}

/** The bucket of what only an owner applies is another one than the deployer's, and has a name that Google takes. */
function ownerBuckets(state: NonNullable<Environment["state"]>): Issue[] {
  const name = ownerBucket(state);
  const because =
    name === state.bucket
      ? "the deployer writes state.bucket, and the states of what only an owner applies are in another one"
      : ownNameIssue(name);
  if (because === undefined) return [];
  const isDerived = state.ownerBucket === undefined;
  return [
    {
      path: ["state", isDerived ? "bucket" : "ownerBucket"],
      value: `"${isDerived ? state.bucket : name}"`,
      allowed: isDerived
        ? `with "-owner" it names the bucket of the owner's states, and ${because}`
        : because,
      fix: 'write state.ownerBucket, for example "acme-owner-state"',
    },
  ];
}

/** A name with dots is a domain's, and has to end as one. Its characters are checked where they are written. */
function ownNameIssue(name: string): string | undefined {
  if (!BUCKET_CHARACTERS.test(name)) return undefined;
  if (name.includes(".")) return "a name with dots is that of a domain, which has to be verified";
  return bucketNameIssue(name);
}
