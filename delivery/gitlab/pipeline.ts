import { stringify } from "yaml";
import type { DeliveryAccess } from "../../platform/delivery/access.ts";
import { IMAGE_INPUTS, onImage, setImageJob } from "./set-image-job.ts";

/** Image of a pipeline that signs in nowhere: Node 22 and git, no Terraform. */
export const CHECKS_IMAGE = "node:22-bookworm";

export interface PipelineOptions {
  /** Image of every job: Node 22, npm and Terraform, or OpenTofu with TERRAFORM_BINARY_NAME. */
  readonly image: string;
  /** The environments that are delivered from GitLab; without one, changes are checked and images are set. */
  readonly environments: readonly DeliveryAccess[];
  /** Whether commands install the project themselves, as the package's own repository does; npm ci otherwise. */
  readonly installsItself: boolean;
}

type Job = Readonly<Record<string, unknown>>;

/** Folder of a token and its credentials, next to the checkout. A runner may keep it for the next job: every job removes it. */
const CREDENTIALS = "$CI_PROJECT_DIR.tmp/google";
const HEAD =
  "# Written by npm run gitlab -- pipeline, from the environments that name a delivery on GitLab (docs/gitlab.md). Not to be edited:\n# the job checks holds it against them.\n";

/** Not by hand, by a trigger or by the API, where variables may be given that run other code before the approved one. */
const onMain = { if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE == 'push'" };
/** A schedule of another branch would run its code, and write the issue of this one. */
const onMainSchedule = { if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE == 'schedule'" };
const onSchedule = { if: "$CI_PIPELINE_SOURCE == 'schedule'" };
/** A fork's merge request gets no plan: its pipeline runs in the fork, or, where a member starts it here, without these jobs. */
const onOwnMergeRequest = {
  if: "$CI_PIPELINE_SOURCE == 'merge_request_event' && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID",
};

/** Neither what looks for drift nor what sets an image is a change. */
const onChange = [{ ...onSchedule, when: "never" }, { ...onImage, when: "never" }, { when: "on_success" }];

/**
 * The pipeline of a project on GitLab: checks and a review in every merge request, deployment from the default branch behind
 * the approval of a protected environment, drift in scheduled pipelines, and images of pipelines that are started with one.
 */
export function gitlabPipeline({ image, environments, installsItself }: PipelineOptions): string {
  const install = installsItself ? [] : ["npm ci"];
  const withoutDevelopment = installsItself ? "node tools/runtime-packages.mjs" : "npm ci";
  const checks: Job = {
    stage: "check",
    rules: onChange,
    script: [...install, "npm run --silent gitlab -- pipeline --check", "npm test", "npm start"],
  };
  const verify: Job = {
    stage: "check",
    rules: onChange,
    script: [...install, "npm run --silent verify -- --format gitlab > gl-code-quality-report.json"],
    artifacts: { when: "always", reports: { codequality: "gl-code-quality-report.json" } },
  };
  const perEnvironment = environments.flatMap((access): (readonly [string, Job])[] => [
    [`review ${access.environment}`, review(access, install)],
    [`plan ${access.environment}`, plan(access, install)],
    [`deploy ${access.environment}`, deploy(access, withoutDevelopment)],
    [`drift ${access.environment}`, drift(access, install)],
  ]);
  const pipeline = {
    stages: ["check", "review", "deploy"],
    workflow: {
      rules: [
        { if: "$CI_PIPELINE_SOURCE == 'merge_request_event'" },
        { if: "$CI_PIPELINE_SOURCE == 'schedule'" },
        { if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" },
      ],
    },
    default: { image, interruptible: true },
    checks,
    verify,
    "set image": setImageJob(withoutDevelopment),
    ...Object.fromEntries(perEnvironment),
  };
  const yaml = (value: object): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
  return `${HEAD}${yaml({ spec: { inputs: IMAGE_INPUTS } })}---\n${yaml(pipeline)}`;
}

/** A token for Google alone, and the sign-in with it: nothing in the project's settings is a key. */
const signedIn = (environment: string, as: "plan" | "deploy", provider: string, account: string) => ({
  id_tokens: { GOOGLE_ID_TOKEN: { aud: `https://iam.googleapis.com/${provider}` } },
  variables: { GOOGLE_APPLICATION_CREDENTIALS: `${CREDENTIALS}/credentials.json` },
  after_script: [`rm -rf "${CREDENTIALS}"`],
  signIn: [
    `# As ${account}.`,
    `trap 'rm -rf "${CREDENTIALS}"' EXIT`,
    `npm run --silent gitlab -- sign-in ${environment} ${as} "${CREDENTIALS}"`,
  ].join("\n"),
});

function review({ environment, planProvider, planner }: DeliveryAccess, install: readonly string[]): Job {
  const { signIn, ...identity } = signedIn(environment, "plan", planProvider, planner);
  return {
    stage: "review",
    needs: [],
    rules: [onOwnMergeRequest],
    ...identity,
    script: [
      ...install,
      signIn,
      `code=0
npm run --silent review -- ${environment} --output review.md --html review.html || code=$?
if [ ! -s review.md ]; then exit "$code"; fi
npm run --silent gitlab -- note "$CI_MERGE_REQUEST_IID" review.md
exit "$code"
`,
    ],
    artifacts: {
      name: `review-${environment}`,
      when: "always",
      paths: ["review.html"],
      access: "developer",
      expire_in: "30 days",
    },
  };
}

function plan({ environment, planProvider, planner }: DeliveryAccess, install: readonly string[]): Job {
  const { signIn, ...identity } = signedIn(environment, "plan", planProvider, planner);
  return {
    stage: "review",
    needs: ["checks"],
    rules: [onMain],
    ...identity,
    script: [
      ...install,
      signIn,
      `code=0
npm run --silent deploy -- ${environment} --plan-only > review.txt || code=$?
cat review.txt
if [ "$code" != 0 ]; then exit "$code"; fi
sed -n 's/^Fingerprint of these changes: \\([0-9a-f]*\\)$/\\1/p' review.txt > fingerprint.txt
if [ ! -s fingerprint.txt ]; then
  echo "The review printed no fingerprint, so nothing can be approved." >&2
  exit 2
fi
if grep -qx "Nothing to change." review.txt; then echo nothing > fingerprint.txt; fi
`,
    ],
    // A file, and no variable of a report: whoever starts a pipeline by hand may set any variable.
    artifacts: { paths: ["fingerprint.txt"], access: "developer", expire_in: "30 days" },
  };
}

function deploy(
  { environment, approval, deployProvider, deployer, rollout }: DeliveryAccess,
  install: string,
): Job {
  const { signIn, variables, ...identity } = signedIn(environment, "deploy", deployProvider, deployer);
  return {
    stage: "deploy",
    needs: [{ job: `plan ${environment}`, artifacts: true }, "checks"],
    rules: [onMain],
    // The approval of a protected environment holds the job back, and its claims admit it.
    environment: { name: approval, action: "start" },
    resource_group: `deploy-${environment}`,
    // A job that is stopped by the clock may leave a stack half applied.
    interruptible: false,
    timeout: "5 hours 55 minutes",
    ...identity,
    // Install scripts of packages would run before the approved code, next to the rights of the deployer.
    variables: { ...variables, npm_config_ignore_scripts: "true", npm_config_omit: "dev" },
    script: [
      `if [ "$(cat fingerprint.txt)" = nothing ]; then echo "Nothing to change."; exit 0; fi`,
      install,
      signIn,
      `npm run --silent deploy -- ${environment} --approved "$(cat fingerprint.txt)"`,
      ...(rollout ? [`npm run --silent rollout -- ${environment}`] : []),
    ],
  };
}

function drift({ environment, planProvider, planner }: DeliveryAccess, install: readonly string[]): Job {
  const { signIn, ...identity } = signedIn(environment, "plan", planProvider, planner);
  return {
    stage: "review",
    rules: [onMainSchedule],
    needs: [],
    // Two runs at once would open two issues.
    resource_group: `drift-${environment}`,
    ...identity,
    script: [
      ...install,
      signIn,
      `code=0
npm run --silent drift -- ${environment} --format markdown --cloud-logging > drift.md || code=$?
if [ ! -s drift.md ]; then exit "$code"; fi
cat drift.md
close=
# A failed check does not close the issue, and is reported like drift.
if [ "$code" = 0 ]; then close=--close; fi
npm run --silent gitlab -- issue "Drift of ${environment}" drift.md $close
# 1 is drift, which the issue reports; 2 means that the check failed.
if [ "$code" != 0 ] && [ "$code" != 1 ]; then exit "$code"; fi
`,
    ],
  };
}
