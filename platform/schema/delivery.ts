import { projectNumber } from "./common.ts";
import { choice, flag, text } from "./leaf.ts";
import { section } from "./section.ts";

/** A number assigned by GitHub; as text, because ids exceed the precision of numbers. */
const id = (what: string, fix: string) =>
  text({ pattern: /^[1-9]\d{3,19}$/, allowed: `${what}, 4 to 20 digits in quotes`, fix });

/**
 * The GitHub repository whose workflows plan and apply this environment, without any key. Access depends on the ids,
 * because somebody else can register an abandoned name.
 */
export const delivery = section({
  /** "owner/name", for people; access depends on the ids. */
  repository: text({
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/,
    allowed: 'a repository of GitHub, "owner/name"',
    fix: 'write for example "acme/platform"',
  }),
  /** Id of the repository. */
  repositoryId: id("the id of the repository", "run: gh api repos/OWNER/NAME --jq .id"),
  /** Id of its owner. */
  ownerId: id("the id of the repository's owner", "run: gh api repos/OWNER/NAME --jq .owner.id"),
  /** Number of the Google Cloud project: the name of a workload identity pool holds it instead of the project's id. */
  projectNumber,
  /** Deployed branch. @default "main", where .github/workflows/deploy.yml runs */
  branch: choice(["main"], "the workflows deploy from main").default("main"),
  /** Environment of GitHub whose reviewers approve a deployment. @default the environment's name */
  approval: text({
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    allowed: "the name of an environment of the repository (letters, digits, _ and -)",
    fix: 'write for example "production"',
  }).optional(),
  /**
   * Roll out after each deployment, in the same job: behind the approval, with the gates and soaks of every rollout. Otherwise
   * a new revision waits without traffic for `npm run rollout`. @default false
   */
  rollout: flag().optional(),
});
