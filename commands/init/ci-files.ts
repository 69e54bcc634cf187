import { CHECKS_IMAGE, gitlabPipeline } from "../../delivery/gitlab/pipeline.ts";
import { workflows } from "./workflows.ts";

export const CI_HOSTS = ["github", "gitlab"] as const;
export type CiHost = (typeof CI_HOSTS)[number];

/**
 * What the host of a new project runs, by path. Nothing is deployed before an environment names a delivery: GitHub's workflows
 * ask for those, and GitLab's pipeline is written again (`npm run gitlab -- pipeline`).
 */
export const ciFiles = (host: CiHost): Record<string, string> =>
  host === "github"
    ? workflows()
    : {
        ".gitlab-ci.yml": gitlabPipeline({ image: CHECKS_IMAGE, environments: [], installsItself: false }),
      };
