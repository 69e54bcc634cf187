import { choice, text } from "./leaf.ts";
import { section } from "./section.ts";

/** A number that GitHub or Google gave; as text, because ids are longer than numbers are exact. */
const id = (what: string, fix: string) =>
  text({ pattern: /^[1-9]\d{3,19}$/, allowed: `${what}, digits in quotes`, fix });

/**
 * Who may deploy from where: the GitHub repository whose workflows plan and apply this environment, without any key.
 * Whoever takes over an abandoned name gets the name and not the ids; hence access hangs on the ids.
 */
export const delivery = section({
  /** "owner/name". Names the repository for people; access hangs on the ids. */
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
  projectNumber: id(
    "the number of the project",
    'run: gcloud projects describe PROJECT --format="value(projectNumber)"',
  ),
  /** Branch that is deployed. @default "main": .github/workflows/deploy.yml runs there */
  branch: choice(["main"], "the workflows deploy from main").default("main"),
  /** Environment of GitHub whose reviewers approve a deployment. @default the environment's name */
  approval: text({
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    allowed: "the name of an environment of the repository (letters, digits, _ and -)",
    fix: 'write for example "production"',
  }).optional(),
});
