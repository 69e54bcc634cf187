import { projectNumber } from "./common.ts";
import { choice, flag, text } from "./leaf.ts";
import { section } from "./section.ts";

/** A number assigned by GitHub or GitLab; as text, because ids exceed the precision of numbers. */
const id = (what: string, fix: string) =>
  text({ pattern: /^[1-9]\d{0,19}$/, allowed: `${what}, up to 20 digits in quotes`, fix });

/**
 * The GitHub repository or the GitLab project whose workflows plan and apply this environment, without any key. Access depends on the ids,
 * because somebody else can register an abandoned name.
 */
export const delivery = section({
  /** Where the repository is. @default "github" */
  host: choice(["github", "gitlab"], "workflows are written for GitHub and GitLab").optional(),
  /** https://HOST of a GitLab of your own. @default "https://gitlab.com" */
  gitlabUrl: text({
    pattern: /^https:\/\/[a-z0-9][a-z0-9.-]{0,250}(?::\d{1,5})?$/,
    allowed: "the address of a GitLab, https:// and its host, without a path",
    fix: 'write for example "https://gitlab.example.com"',
  }).optional(),
  /** "owner/name", on GitLab "group/subgroup/name", for people; access depends on the ids. */
  repository: text({
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:\/[A-Za-z0-9._-]{1,100}){1,20}$/,
    allowed: 'a repository of GitHub, "owner/name", or a project of GitLab, "group/name"',
    fix: 'write for example "acme/platform"',
  }),
  /** Id of the repository, on GitLab of the project. */
  repositoryId: id(
    "the id of the repository",
    "run: gh api repos/OWNER/NAME --jq .id, or glab api projects/GROUP%2FNAME and read id",
  ),
  /** Id of its owner, on GitLab of the namespace. */
  ownerId: id(
    "the id of the repository's owner",
    "run: gh api repos/OWNER/NAME --jq .owner.id, or glab api projects/GROUP%2FNAME and read namespace.id",
  ),
  /** Number of the Google Cloud project: the name of a workload identity pool holds it instead of the project's id. */
  projectNumber,
  /** Deployed branch. @default "main", where the workflows deploy from */
  branch: choice(["main"], "the workflows deploy from main").default("main"),
  /** Environment of GitHub or GitLab whose reviewers approve a deployment. @default the environment's name */
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
